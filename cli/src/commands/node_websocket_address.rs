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

/// A node answers HTTP and websockets on one port; this client uses websockets.
pub(super) fn websocket(url: &str) -> String {
    match (url.strip_prefix("http://"), url.strip_prefix("https://")) {
        (Some(rest), _) => format!("ws://{rest}"),
        (_, Some(rest)) => format!("wss://{rest}"),
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
    }
}
