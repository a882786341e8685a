//! The example service over a real socket.

#[path = "../../examples/service.rs"]
#[expect(dead_code, reason = "its `main` is not called here")]
mod example;

use crate::common::{achievement, write_index};
use duijie::Matcher;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

struct Service {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

impl Service {
    fn start(matcher: Matcher) -> Self {
        let (stop, stopped) = oneshot::channel();
        let (tell, address) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let serve = axum::serve(listener, example::app(Arc::new(matcher)));
                serve.with_graceful_shutdown(async { drop(stopped.await) }).await.unwrap();
            });
        });
        Self { address: address.recv().unwrap(), stop, thread }
    }

    fn stop(self) {
        self.stop.send(()).unwrap();
        self.thread.join().unwrap();
    }
}

fn request(address: SocketAddr, method: &str, path: &str, body: &[u8]) -> (u16, Value) {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n")
        .unwrap();
    // A refused body may be cut off before all of it is sent.
    let _ = stream.write_all(body);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

fn folder_with(titles: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    rewrite(folder.path(), titles);
    folder
}

fn rewrite(folder: &std::path::Path, titles: &[&str]) {
    let named = |(title, at): (&&str, u32)| {
        let mut achievement = achievement(&format!("A{at}"), title);
        achievement.institution = Some("I1".into());
        achievement
    };
    write_index(folder, &titles.iter().zip(1..).map(named).collect::<Vec<_>>()).unwrap();
}

const DEMAND: &[u8] = r#"{"id": "D1", "title": "吊臂焊后延迟裂纹", "chain": "高端装备产业链"}"#.as_bytes();

#[test]
fn a_demand_is_answered_with_its_matches() {
    let folder = folder_with(&["焊接延迟裂纹的消除", "苹果采后保鲜"]);
    let service = Service::start(Matcher::open(folder.path()).unwrap());
    let (status, answer) = request(service.address, "POST", "/match", DEMAND);
    assert_eq!((status, &answer["demand"], &answer["verdict"]), (200, &json!("D1"), &json!("matched")));
    assert_eq!(answer["institutions"][0]["institution"], "I1");
    let (status, answer) = request(service.address, "POST", "/match?unit=achievement&top=1", DEMAND);
    assert_eq!((status, &answer["achievements"][0]["achievement"]), (200, &json!("A1")));
    assert_eq!(answer["achievements"].as_array().unwrap().len(), 1);
    assert_eq!(request(service.address, "GET", "/health", b""), (200, json!({"achievements": 2})));
    service.stop();
}

#[test]
fn what_cannot_be_answered_says_why_in_json() {
    let folder = folder_with(&["焊接"]);
    let service = Service::start(Matcher::open(folder.path()).unwrap());
    let too_long = vec![b' '; example::BODY_LIMIT + 1];
    let unknown_chain = r#"{"id": "D1", "title": "焊接", "chain": "航天"}"#.as_bytes();
    let refused: [(&str, &str, &[u8], u16, &str); 9] = [
        ("POST", "/match", b"{\"id\": \"D1\", \"ti", 400, "EOF"),
        ("POST", "/match", b"\xff", 400, "column 1"),
        ("POST", "/match", b"{\"id\": \"D1\"}", 400, "\"title\" is missing"),
        ("POST", "/match", b"{\"id\": \"D1\", \"title\": 5}", 400, "\"title\" should be text"),
        ("POST", "/match", unknown_chain, 400, "航天"),
        ("POST", "/match?top=many", DEMAND, 400, "top"),
        ("POST", "/match", &too_long, 413, "limit"),
        ("GET", "/match", b"", 405, "method"),
        ("GET", "/elsewhere", b"", 404, "/match"),
    ];
    for (method, path, body, expected, reason) in refused {
        let (status, answer) = request(service.address, method, path, body);
        assert_eq!(status, expected, "{method} {path}: {answer}");
        assert!(answer["error"].as_str().unwrap().contains(reason), "{answer} should say {reason}");
    }
    service.stop();
}

#[test]
fn a_reload_takes_up_the_new_commit_while_requests_are_answered() {
    let folder = folder_with(&["焊接延迟裂纹的消除"]);
    let service = Service::start(Matcher::open(folder.path()).unwrap());
    let address = service.address;
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let asker = scope.spawn(|| {
            let mut answered = 0;
            while !done.load(Ordering::Relaxed) {
                let (status, answer) = request(address, "POST", "/match?unit=achievement", DEMAND);
                assert_eq!(status, 200, "{answer}");
                answered += 1;
            }
            answered
        });
        for achievements in 2..6 {
            rewrite(folder.path(), &vec!["焊接延迟裂纹的消除"; achievements]);
            assert_eq!(request(address, "GET", "/health", b"").1["achievements"], achievements - 1, "not yet reloaded");
            assert_eq!(request(address, "POST", "/reload", b""), (200, json!({"achievements": achievements})));
        }
        done.store(true, Ordering::Relaxed);
        assert!(asker.join().unwrap() > 0);
    });
    service.stop();
}

#[test]
fn a_failed_reload_keeps_what_is_there() {
    let folder = folder_with(&["焊接延迟裂纹的消除"]);
    let service = Service::start(Matcher::open(folder.path()).unwrap());
    std::fs::write(folder.path().join("meta.json"), "{").unwrap();
    let (status, answer) = request(service.address, "POST", "/reload", b"");
    assert_eq!(status, 500);
    assert!(answer["error"].as_str().unwrap().contains("damaged"), "{answer}");
    assert_eq!(request(service.address, "POST", "/match", DEMAND).0, 200);
    service.stop();
}

#[test]
fn stopping_lets_a_request_under_way_finish() {
    let folder = folder_with(&["焊接延迟裂纹的消除"]);
    let service = Service::start(Matcher::open(folder.path()).unwrap());
    let mut stream = TcpStream::connect(service.address).unwrap();
    let length = DEMAND.len();
    write!(stream, "POST /match HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n").unwrap();
    stream.write_all(&DEMAND[..10]).unwrap();
    // A second connection answered means that the first one is taken up, too.
    assert_eq!(request(service.address, "GET", "/health", b"").0, 200);
    service.stop.send(()).unwrap();
    stream.write_all(&DEMAND[10..]).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    service.thread.join().unwrap();
}
