//! The reader over real SSH: OpenSSH on this machine, with keys and a configuration of a test's own.

use crate::folders::FERRY;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;
use rustix::process::Signal;

use crate::outside::decoded;
use crate::pty::{Output, Pty, Status, brief, program, signal_to};

const BRIEF: &str = env!("CARGO_BIN_EXE_brief");
const OPEN: &str = "Plan points";
/// How long a server or a process may take on a busy machine.
const LIMIT: Duration = Duration::from_secs(20);

/// An sshd for one test, that the one who runs it may log in to.
struct Server {
    daemon: Child,
    port: u16,
    folder: PathBuf,
    user: String,
    /// The library under a path of this server's own, by which its readers are known.
    library: PathBuf,
}

impl Server {
    /// Starts a server; `more` stands at the end of its configuration, `USER` and `LIBRARY` filled in.
    fn start(name: &str, more: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ssh").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let library = folder.join("library");
        symlink(FERRY, &library).unwrap();
        for key in ["host", "user"] {
            say(Command::new("ssh-keygen")
                .args(["-q", "-t", "ed25519", "-N", "", "-f"])
                .arg(folder.join(key)));
        }
        fs::copy(folder.join("user.pub"), folder.join("authorized")).unwrap();
        let user = say(Command::new("id").arg("-un")).trim().to_owned();
        if user == "root" {
            // Where the daemon shuts itself in; the system makes it only for a daemon of its own.
            fs::create_dir_all("/run/sshd").unwrap();
        }
        let more = more.replace("USER", &user).replace("LIBRARY", &library.display().to_string());
        let mut server = Self { daemon: daemon(&folder, 0, &more), port: 0, folder, user, library };
        server.listen(&more);
        let host = fs::read_to_string(server.folder.join("host.pub")).unwrap();
        let known = format!("[127.0.0.1]:{} {host}", server.port);
        fs::write(server.folder.join("known"), known).unwrap();
        if more.is_empty() {
            server.gives_a_terminal();
        }
        server
    }

    /// Asserts that a client gets a terminal; else says what the daemon says. Where /dev/pts is mounted
    /// without `gid=`, only root can give one.
    fn gives_a_terminal(&self) {
        let mut client = Pty::spawn(self.client(&["-tt"], "true"), 80, 24, Status::Ignored);
        let given = client.ends().success();
        let said = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        assert!(given, "sshd gives no terminal: {said}");
    }

    /// Starts it again until it has a port: a free one can be taken before it is used.
    fn listen(&mut self, more: &str) {
        let start = Instant::now();
        loop {
            let said = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(start.elapsed() < LIMIT, "sshd does not listen: {said}");
            if self.port != 0 && greets(self.port) {
                return;
            }
            if self.port == 0 || self.daemon.try_wait().unwrap().is_some() {
                let _ = self.daemon.kill();
                let _ = self.daemon.wait();
                let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
                self.port = free.local_addr().unwrap().port();
                drop(free);
                self.daemon = daemon(&self.folder, self.port, more);
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// A client on a terminal.
    fn client(&self, options: &[&str], command: &str) -> CommandBuilder {
        let mut client = program(Path::new("ssh"));
        client.args(self.arguments());
        client.args(options);
        client.arg(format!("{}@127.0.0.1", self.user));
        if !command.is_empty() {
            client.arg(command);
        }
        client
    }

    fn arguments(&self) -> Vec<String> {
        let file = |name: &str| self.folder.join(name).display().to_string();
        let mut arguments = vec!["-F".to_owned(), "none".to_owned(), "-p".to_owned(), self.port.to_string()];
        arguments.extend(["-i".to_owned(), file("user")]);
        let known = format!("UserKnownHostsFile={}", file("known"));
        for option in ["BatchMode=yes", "IdentitiesOnly=yes", "IdentityAgent=none", &known] {
            arguments.extend(["-o".to_owned(), option.to_owned()]);
        }
        arguments
    }

    /// The reader as a command for this server.
    fn reader(&self) -> String {
        format!("{BRIEF} --no-state --library {}", self.library.display())
    }

    /// The processes on the other side that read this server's library.
    fn readers(&self) -> Vec<i32> {
        let library = self.library.display().to_string();
        let ours = |pid: &i32| {
            let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let line = String::from_utf8_lossy(&line).into_owned();
            line.starts_with(BRIEF) && line.contains(&library)
        };
        let processes = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
        processes.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).filter(ours).collect()
    }

    /// Waits until nobody reads this server's library.
    fn is_left_by_all(&self, what: &str) {
        let start = Instant::now();
        while let Some(reader) = self.readers().first() {
            assert!(start.elapsed() < LIMIT, "{what}: process {reader} is left");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Starts the daemon on a port, in the foreground.
fn daemon(folder: &Path, port: u16, more: &str) -> Child {
    let places = std::env::var("PATH").unwrap_or_default();
    let places = places.split(':').chain(["/usr/sbin", "/usr/local/sbin", "/sbin"]);
    let sshd = places.map(|place| Path::new(place).join("sshd")).find(|sshd| sshd.is_file());
    let sshd = sshd.unwrap_or_else(|| panic!("sshd is needed (apt-get install openssh-server)"));
    let file = |name: &str| folder.join(name).display().to_string();
    let configuration = format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\n\
         PermitRootLogin prohibit-password\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
         UsePAM no\nStrictModes no\nPrintMotd no\nPrintLastLog no\nAcceptEnv *\n\
         Subsystem sftp internal-sftp\n{more}",
        file("host"),
        file("authorized")
    );
    fs::write(folder.join("config"), configuration).unwrap();
    let log = fs::File::create(folder.join("log")).unwrap();
    let mut daemon = Command::new(sshd);
    daemon.args(["-D", "-e", "-f"]).arg(folder.join("config"));
    daemon.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap()
}

/// Whether an SSH server answers at a port.
fn greets(port: u16) -> bool {
    let Ok(stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return false };
    let mut greeting = String::new();
    let _ = BufReader::new(stream).read_line(&mut greeting);
    greeting.starts_with("SSH-")
}

/// Runs a program that must succeed; gives what it says.
fn say(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error} (openssh-client is needed)"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_session_over_ssh_is_a_session() {
    let server = Server::start("session", "");
    let mut far = Pty::spawn(server.client(&["-tt"], &server.reader()), 120, 36, Status::Answered);
    let mut command = brief();
    command.args(["--no-state", "--library", FERRY]);
    let mut near = Pty::spawn(command, 120, 36, Status::Answered);
    let agree = |what: &str| {
        far.until(what, |far| far.text() == near.look(Output::text));
    };
    near.shows(OPEN);
    agree("the first screen");
    for keys in ["j", "]", "/", "fare", "\x1b[B", "\r", "\x1b"] {
        near.press(keys);
        far.send(keys);
        agree(&format!("the screen after {keys:?}"));
    }
    for (columns, rows) in [(200, 50), (45, 12), (80, 24)] {
        near.resize(columns, rows)
            .until("a frame", |output| output.text().lines().count() == usize::from(rows));
        far.resize(columns, rows);
        agree(&format!("the screen at {columns}x{rows}"));
    }
    for pty in [&far, &near] {
        pty.send("yy").until("a copy", |output| !output.copied().is_empty());
    }
    let copied = far.look(|output| decoded(&output.copied()[0]));
    assert_eq!(copied, near.look(|output| decoded(&output.copied()[0])));
    assert!(copied.contains("place: seeds/"), "{copied}");
    far.send("Q");
    assert!(far.ends().success());
    far.is_given_back();
    near.send("Q");
    assert!(near.ends().success());
    server.is_left_by_all("after quitting");
}

#[test]
fn a_connection_dropped_at_any_moment_leaves_no_reader() {
    let server = Server::start("dropped", "");
    let keys = "jj]/fare\x1b[B\rpyj\x0cv\x1b:zoom\r\x0c\x0c\x1b[200~half a paste";
    for typed in (0..=keys.len()).step_by(5) {
        let mut client = Pty::spawn(server.client(&["-tt"], &server.reader()), 100, 30, Status::Answered);
        match typed {
            0 => client.until("anything", |output| !output.bytes.is_empty()),
            _ => client.shows(OPEN),
        };
        client.send(&keys[..typed]);
        client.signal(Signal::KILL);
        client.ends();
        server.is_left_by_all(&format!("dropped after {:?}", &keys[..typed]));
    }
}

#[test]
fn a_frozen_connection_holds_no_reader() {
    let server = Server::start("frozen", "");
    for end in [Some(Signal::TERM), Some(Signal::HUP), None] {
        let mut client = Pty::spawn(server.client(&["-tt"], &server.reader()), 200, 60, Status::Ignored);
        client.shows(OPEN);
        let reader = server.readers()[0];
        let keeper = parent(reader);
        // Nothing goes over the line now, and each of these has the reader paint a screen.
        signal_to(keeper, Signal::STOP);
        for _ in 0..50 {
            signal_to(reader, Signal::CONT);
            thread::sleep(Duration::from_millis(1));
        }
        assert_eq!(server.readers(), [reader]);
        match end {
            Some(end) => signal_to(reader, end),
            None => {
                client.signal(Signal::KILL);
                signal_to(keeper, Signal::CONT);
            }
        }
        server.is_left_by_all(&format!("frozen, then {end:?}"));
        if end.is_some() {
            signal_to(keeper, Signal::CONT);
        }
        client.ends();
    }
}

/// The process that started another.
fn parent(pid: i32) -> i32 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let parent = status.lines().find_map(|line| line.strip_prefix("PPid:")).unwrap();
    parent.trim().parse().unwrap()
}

/// The stanza of the README, for this user, this program and this library.
fn stanza() -> String {
    let words = brief::cli::guests_markdown();
    let stanza = words.split("```").nth(1).unwrap().trim_start_matches("text\n");
    stanza
        .replace("User reader", "User USER")
        .replace("/usr/bin/brief", BRIEF)
        .replace("/srv/library", "LIBRARY")
}

#[test]
fn a_guest_gets_the_reader_whatever_is_asked_for() {
    let server = Server::start("guest", &stanza());
    let wishes = server.folder.join("wishes");
    fs::create_dir_all(wishes.join("brief")).unwrap();
    fs::write(wishes.join("brief/config.toml"), "[keys]\ndown = [\"J\"]\n").unwrap();
    let mut near = brief();
    near.args(["--no-state", "--library", FERRY]);
    let near = Pty::spawn(near, 120, 36, Status::Answered);
    near.shows(OPEN).press("j");
    for (options, command) in [
        (&["-tt"][..], ""),
        (&["-tt"], "sh -c 'echo caught; exec sh'"),
        (&["-tt", "-o", "SendEnv=*"], "brief check"),
    ] {
        let mut client = server.client(options, command);
        for name in ["XDG_CONFIG_HOME", "XDG_STATE_HOME", "BRIEF_PATH", "BRIEF_LIBRARY"] {
            client.env(name, &wishes);
        }
        for name in ["EDITOR", "VISUAL", "BROWSER", "PAGER", "SSH_ORIGINAL_COMMAND"] {
            client.env(name, "sh -c 'echo caught'");
        }
        let mut client = Pty::spawn(client, 120, 36, Status::Answered);
        client
            .shows(OPEN)
            .send("j")
            .until("the reader's own screen", |far| far.text() == near.look(Output::text));
        client.send("\x1a").send("Q");
        assert!(client.ends().success());
        assert!(client.look(|output| !String::from_utf8_lossy(&output.bytes).contains("caught")));
    }
    // Without a terminal there is the text, also where files are asked for.
    for asked in [&["", "echo caught"][..], &["-s", "sftp"]] {
        let mut client = Command::new("ssh");
        client.args(server.arguments());
        let (option, command) = (asked[0], asked[1]);
        client
            .args((!option.is_empty()).then_some(option))
            .arg(format!("{}@127.0.0.1", server.user))
            .arg(command);
        let text = say(&mut client);
        assert!(text.contains("fare") && !text.contains("caught"), "{text}");
    }
    server.is_left_by_all("after the guests");
    assert_eq!(fs::read_dir(&wishes).unwrap().count(), 1, "something was written");
}
