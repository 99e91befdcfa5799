//! What fuzzers feed with bytes: a peer's answer. It must not panic, and its words must not fake
//! lines of the log.

use super::http::read_answer;
use alloc::{format, string::ToString};

const ID: u32 = 7;

/// A body as it came, and one whose result is these bytes.
pub fn answer(bytes: &[u8]) {
    check(bytes);
    check(format!(r#"{{"id":{ID},"result":"0x{}"}}"#, hex::encode(bytes)).as_bytes());
}

fn check(body: &[u8]) {
    if let Err(problem) = read_answer(body, ID) {
        assert!(!problem.to_string().contains(['\n', '\r']));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use codec::Encode;
    use counterfoil_primitives::book_exchange::Answer;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_as_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            answer(&bytes);
        }

        #[test]
        fn any_error_is_read_as_an_answer(message in ".*", code in any::<i64>()) {
            let error = serde_json::json!({ "code": code, "message": message });
            answer(serde_json::json!({ "id": ID, "error": error }).to_string().as_bytes());
        }

        #[test]
        fn any_refusal_is_read_as_an_answer(reason in ".*") {
            answer(&Answer::Refused(reason).encode());
        }
    }

    #[test]
    fn an_answer_is_read_through_json_and_hexadecimal() {
        let roots = Answer::Roots {
            slots: Vec::new(),
            extras: Vec::new(),
        };
        let body = format!(
            r#"{{"id":{ID},"result":"0x{}"}}"#,
            hex::encode(roots.encode())
        );
        assert_eq!(read_answer(body.as_bytes(), ID), Ok(roots));
    }
}
