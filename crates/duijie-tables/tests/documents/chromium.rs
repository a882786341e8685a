//! A page in Chromium, with a real keyboard and the width of a phone, by its debugging pipe.

use crate::programs::installed;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A page at its `file://` address.
pub(crate) struct Page {
    browser: Child,
    _profile: tempfile::TempDir,
    commands: File,
    answers: BufReader<File>,
    session: String,
    sent: u64,
}

/// How wide the window is, in points.
#[derive(Clone, Copy)]
pub(crate) enum Screen {
    Desktop,
    Phone,
}

impl Page {
    /// Opens a page, with what follows `?` in its address; `None` where Chromium is not installed.
    pub(crate) fn open(file: &Path, query: &str, screen: Screen) -> Option<Self> {
        let program = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| installed(name))?;
        let profile = tempfile::tempdir().unwrap();
        let [commands, answers] = ["commands", "answers"].map(|name| profile.path().join(name));
        assert!(Command::new("mkfifo").args([&commands, &answers]).status().unwrap().success());
        // The browser reads commands from its descriptor 3 and answers on 4.
        let browser = Command::new("sh")
            .args(["-c", "exec \"$0\" --headless=new --no-sandbox --disable-gpu --remote-debugging-pipe --user-data-dir=\"$1/profile\" 3<\"$1/commands\" 4>\"$1/answers\"", program])
            .arg(profile.path())
            .stderr(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let commands = File::options().write(true).open(commands).unwrap();
        let answers = BufReader::new(File::open(answers).unwrap());
        let mut page = Self { browser, _profile: profile, commands, answers, session: String::new(), sent: 0 };
        let target = page.ask("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let session = page.ask("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        page.session = session["sessionId"].as_str().unwrap().to_owned();
        let (width, height, mobile) = match screen {
            Screen::Desktop => (1280, 900, false),
            Screen::Phone => (390, 844, true),
        };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        page.ask("Emulation.setDeviceMetricsOverride", metrics);
        page.ask("Page.navigate", json!({ "url": format!("file://{}?{query}", file.display()) }));
        page.value(
            "new Promise(done => document.readyState === 'complete' ? done() : addEventListener('load', () => done()))",
        );
        assert_eq!(page.value("location.protocol"), "file:");
        Some(page)
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let mut command = json!({ "id": self.sent, "method": method, "params": params });
        if !self.session.is_empty() {
            command["sessionId"] = json!(self.session);
        }
        self.commands.write_all(command.to_string().as_bytes()).unwrap();
        self.commands.write_all(b"\0").unwrap();
        loop {
            let mut bytes = Vec::new();
            assert!(self.answers.read_until(0, &mut bytes).unwrap() > 0, "Chromium ended");
            bytes.pop();
            let answer: Value = serde_json::from_slice(&bytes).unwrap();
            if answer["id"] == self.sent {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// What an expression comes to in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.ask("Runtime.evaluate", params);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Presses a key: `Tab`, `Enter`, `ArrowDown`.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "ArrowDown" => (40, ""),
            other => panic!("{other} has no code here"),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.ask("Input.dispatchKeyEvent", event);
        }
        // What a key brings about may come a moment later.
        self.value("new Promise(done => setTimeout(done, 50))");
    }

    /// Types what an input method gives.
    pub(crate) fn type_text(&mut self, text: &str) {
        self.ask("Input.insertText", json!({ "text": text }));
    }

    /// The id of what has the focus.
    pub(crate) fn focused(&mut self) -> String {
        self.value("document.activeElement.id || document.activeElement.type || ''").as_str().unwrap().to_owned()
    }

    /// How many items each list says that it shows, and does show.
    pub(crate) fn counts(&mut self) -> Vec<u64> {
        let told = self.value("[...document.querySelectorAll('.count')].map(count => +count.textContent)");
        let shown = "[...document.querySelectorAll('section')].map(list => \
                     [...list.querySelectorAll('tbody tr')].filter(row => row.offsetParent !== null).length)";
        assert_eq!(told, self.value(shown), "the numbers told are those of the rows to be seen");
        serde_json::from_value(told).unwrap()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.browser.kill();
        let _ = self.browser.wait();
    }
}
