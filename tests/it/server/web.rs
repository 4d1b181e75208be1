//! The web interface in a real browser: `tests/foreign/judge_web.mjs` (`URBI_TEST_BROWSER`; Playwright and axe come from
//! `web/node_modules`, the interface itself from `web/dist`, both of which `scripts/web` makes).

use std::{path::Path, process::Command};

use urbi::server::{Settings, Token};

use super::{TOKEN, get, sockets::Running};
use crate::export_foreign::{judge, passes, script};

#[test]
fn a_browser_uses_the_interface() {
    let Some(browser) = judge("URBI_TEST_BROWSER") else { return };
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/node_modules");
    assert!(modules.join("playwright-core").exists(), "the tools of the interface are missing: run scripts/web");
    assert!(
        get("/", "").ok().text().contains("id=\"app\""),
        "the program has no interface: run scripts/web, then build"
    );
    let token = Token::new(TOKEN).expect("a token");
    let server = Running::new(Settings { token: Some(token), ..Settings::default() });
    let mut command = Command::new("node");
    command.arg(script("judge_web.mjs")).args([&server.url(), TOKEN]).args([&browser, &modules]);
    passes(command);
}
