//! Whether a node can be asked at an address, and whether that is one of the asking machine alone.

/// Whether a node can be asked at an address: the workers of others speak HTTP.
pub(super) fn can_be_asked(url: &str) -> bool {
    let (scheme, place) = url.split_once("://").unwrap_or_default();
    let is_http = ["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    is_http && !place.is_empty()
}

/// Whether an address is one of the machine alone that asks.
pub(super) fn is_of_one_machine(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    let (_, place) = url.split_once("://").unwrap_or_default();
    let host = place.split([':', '/']).next().unwrap_or_default();
    let is_v4 = host == "0.0.0.0" || host.starts_with("127.");
    let is_v6 = place.starts_with("[::1]") || place.starts_with("[::]");
    host == "localhost" || is_v4 || is_v6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_ask_by_http_alone() {
        assert!(can_be_asked("http://127.0.0.1:9955"));
        assert!(can_be_asked("https://bank.example"));
        for url in ["", "ws://bank.example", "bank.example", "http://"] {
            assert!(!can_be_asked(url), "{url}");
        }
    }

    #[test]
    fn a_scheme_is_the_same_in_capitals() {
        assert!(can_be_asked("HTTP://127.0.0.1:9955"));
        assert!(can_be_asked("Https://bank.example"));
        assert!(!can_be_asked("WS://bank.example"));
    }
}
