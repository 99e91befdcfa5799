//! The address at which a member's node answers, as the registry has it, and as this client connects to it.

use anyhow::{ensure, Result};
use counterfoil_client::chain::read::At;
use counterfoil_primitives::MemberId;

/// The address at which a member's node answers, as the registry has it.
pub(super) async fn endpoint(at: &At, member: MemberId) -> Result<String> {
    let text = at.member(member).await?.endpoint.to_string();
    ensure!(
        !text.is_empty(),
        "member {member} names no endpoint; give --from"
    );
    Ok(text)
}

/// A node answers HTTP and websockets on one port; this client uses websockets. A scheme may be in
/// capitals.
pub(super) fn websocket(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "ws" => format!("ws://{rest}"),
        "https" | "wss" => format!("wss://{rest}"),
        _ => url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_spoken_to_over_websockets() {
        assert_eq!(websocket("http://127.0.0.1:9945"), "ws://127.0.0.1:9945");
        assert_eq!(websocket("https://bank.example"), "wss://bank.example");
        assert_eq!(websocket("ws://a"), "ws://a");
        assert_eq!(websocket("bank.example"), "bank.example");
    }

    #[test]
    fn a_scheme_in_capitals_is_the_same_scheme() {
        assert_eq!(websocket("HTTP://127.0.0.1:9945"), "ws://127.0.0.1:9945");
        assert_eq!(websocket("Https://Bank.example"), "wss://Bank.example");
        assert_eq!(websocket("WS://a"), "ws://a");
        assert_eq!(websocket("WSS://a"), "wss://a");
    }
}
