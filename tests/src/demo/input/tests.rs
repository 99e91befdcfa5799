//! What is recorded of a file of payments and refunds.

use super::*;
use crate::member::CLIENT;

/// Product 1 with a tenth to the bank, which returns it, and product 2, of which the bank keeps it.
const PRODUCTS: &str = r#"
[[products]]
id = 1
terms = { credit = { rate_ppm = 100000 } }

[[products]]
id = 2
terms = { credit = { rate_ppm = 100000 }, refund_fee = "kept" }
"#;

const MAPPING: &str = r#"
payment_id = "id"
original = "of"
user = "user"
kind = { column = "kind", payment = ["sale"], refund = ["return", "void"] }
time = { column = "time", format = "%Y-%m-%d %H:%M" }
amount = { column = "amount" }
product = { column = "product" }
"#;

const HEADER: &str = "id,kind,of,time,user,product,amount\n";

/// Two payments of 100.05.
const SALES: &str = "\
p1,sale,,2026-11-23 10:00,u1,1,100.05
p2,sale,,2026-11-23 11:00,u2,2,100.05
";

/// Reads a file by a mapping.
fn read_by(mapping: &str, file: &str) -> Result<Input> {
    let folder = tempfile::tempdir()?;
    let [mapping_path, path] = ["mapping.toml", "file.csv"].map(|name| folder.path().join(name));
    std::fs::write(&mapping_path, format!("{mapping}{PRODUCTS}"))?;
    std::fs::write(&path, file)?;
    let plan = Plan::new(1_763_900_000_000, 60_000, 1);
    read(&path, &mapping_path, CLIENT, &plan)
}

/// Reads two payments with these lines after them.
fn with_lines(lines: &str) -> Input {
    read_by(MAPPING, &format!("{HEADER}{SALES}{lines}")).unwrap()
}

/// Of each refund: its payment's index, and its three amounts.
fn amounts(input: &Input) -> Vec<(usize, u128, u128, u128)> {
    let refunds = input.refunds.iter();
    refunds
        .map(|refund| {
            let of = refund.refund_of.unwrap();
            (of, refund.gross, refund.debit, refund.credit)
        })
        .collect()
}

/// Asserts that this line is refused beside two payments.
fn assert_refused(line: &str) {
    let input = with_lines(line);
    assert!(input.refunds.is_empty(), "{:?}", input.refunds);
    assert_eq!((input.payments.len(), input.refused), (2, 1));
}

#[test]
fn a_file_without_refunds_has_payments_alone() {
    let input = with_lines("");
    assert_eq!(input.payments.len(), 2);
    assert!(input.refunds.is_empty());
    assert_eq!(input.refused, 0);
}

#[test]
fn a_mapping_without_kinds_reads_payments_alone() {
    let mapping: String = MAPPING
        .lines()
        .filter(|line| !line.starts_with("kind") && !line.starts_with("original"))
        .map(|line| format!("{line}\n"))
        .collect();
    let input = read_by(&mapping, &format!("{HEADER}{SALES}")).unwrap();
    assert_eq!((input.payments.len(), input.refunds.len()), (2, 0));
}

#[test]
fn a_refund_gives_back_by_the_fee_of_its_payment() {
    let input = with_lines(
        "r1,return,p1,2026-11-23 12:00,u1,1,40.00\nr2,void,p2,2026-11-23 12:00,u2,2,40.00\n",
    );
    // Of 100.05 the bank has 10.01, of 60.05 it has 6.01.
    let expected = [(0, 4_000, 3_600, 400), (1, 4_000, 4_000, 0)];
    assert_eq!(amounts(&input), expected);
}

#[test]
fn refunds_of_a_payment_add_up_to_it() {
    let input = with_lines(
        "r1,return,p1,2026-11-23 12:00,u1,1,33.33\nr2,return,p1,2026-11-23 12:00,u1,1,66.72\n",
    );
    let refunds = amounts(&input);
    let sum: (u128, u128) = (
        refunds.iter().map(|refund| refund.2).sum(),
        refunds.iter().map(|refund| refund.3).sum(),
    );
    assert_eq!(refunds.len(), 2);
    assert_eq!(sum, (input.payments[0].debit, input.payments[0].credit));
}

#[test]
fn a_refund_may_stand_before_its_payment() {
    let file = format!("{HEADER}r1,return,p1,2026-11-23 12:00,u1,1,40.00\n{SALES}");
    let input = read_by(MAPPING, &file).unwrap();
    assert_eq!(amounts(&input), [(0, 4_000, 3_600, 400)]);
}

#[test]
fn a_refund_of_more_than_is_left_is_refused_and_a_smaller_one_after_it_is_not() {
    let input = with_lines(
        "r1,return,p1,2026-11-23 12:00,u1,1,60.00\nr2,return,p1,2026-11-23 12:00,u1,1,40.06\n\
         r3,return,p1,2026-11-23 12:00,u1,1,40.05\n",
    );
    let gross: Vec<u128> = input.refunds.iter().map(|refund| refund.gross).collect();
    assert_eq!(gross, [6_000, 4_005]);
    assert_eq!(input.refused, 1);
}

#[test]
fn a_refund_of_no_payment_of_the_file_is_refused() {
    assert_refused("r1,return,p3,2026-11-23 12:00,u1,1,40.00\n");
    assert_refused("r1,return,,2026-11-23 12:00,u1,1,40.00\n");
}

#[test]
fn a_refund_of_a_refund_is_refused() {
    let input = with_lines(
        "r1,return,p1,2026-11-23 12:00,u1,1,40.00\nr2,return,r1,2026-11-23 12:00,u1,1,1.00\n",
    );
    assert_eq!((input.refunds.len(), input.refused), (1, 1));
}

#[test]
fn a_refund_to_another_user_is_refused() {
    assert_refused("r1,return,p1,2026-11-23 12:00,u2,1,40.00\n");
}

#[test]
fn a_refund_of_another_product_is_refused() {
    assert_refused("r1,return,p1,2026-11-23 12:00,u1,2,40.00\n");
}

#[test]
fn a_refund_before_its_payment_in_time_is_refused() {
    assert_refused("r1,return,p1,2026-11-23 09:59,u1,1,40.00\n");
    let input = with_lines("r1,return,p1,2026-11-23 10:00,u1,1,40.00\n");
    assert_eq!(input.refunds.len(), 1);
}

#[test]
fn a_line_of_an_unknown_kind_is_refused() {
    assert_refused("r1,loan,p1,2026-11-23 12:00,u1,1,40.00\n");
}

#[test]
fn a_payment_that_names_an_original_is_refused() {
    assert_refused("p3,sale,p1,2026-11-23 12:00,u1,1,40.00\n");
}

#[test]
fn a_refund_with_the_id_of_a_payment_is_refused() {
    assert_refused("p1,return,p1,2026-11-23 12:00,u1,1,40.00\n");
}

#[test]
fn a_refund_with_a_sign_is_refused_where_a_column_tells_kinds() {
    assert_refused("r1,return,p1,2026-11-23 12:00,u1,1,-40.00\n");
}

#[test]
fn amounts_below_zero_are_refunds_where_the_mapping_says_so() {
    let mapping = MAPPING.replace(
        r#"{ column = "kind", payment = ["sale"], refund = ["return", "void"] }"#,
        r#"{ negative = "refund" }"#,
    );
    let line = "r1,,p1,2026-11-23 12:00,u1,1,-40.00\n";
    let input = read_by(&mapping, &format!("{HEADER}{SALES}{line}")).unwrap();
    assert_eq!(amounts(&input), [(0, 4_000, 3_600, 400)]);
}

#[test]
fn an_original_may_be_made_of_several_columns() {
    let mapping = MAPPING
        .replace(r#"payment_id = "id""#, r#"payment_id = ["id", "user"]"#)
        .replace(r#"original = "of""#, r#"original = ["of", "of_user"]"#);
    let file = "id,kind,of,of_user,time,user,product,amount\n\
        1,sale,,,2026-11-23 10:00,u1,1,100.05\n\
        2,return,1,u1,2026-11-23 12:00,u1,1,40.00\n";
    let input = read_by(&mapping, file).unwrap();
    assert_eq!(input.payments[0].source_id, "1|u1");
    assert_eq!(amounts(&input), [(0, 4_000, 3_600, 400)]);
}

#[test]
fn kinds_and_originals_need_each_other() {
    for key in ["kind", "original"] {
        let mapping: String = MAPPING
            .lines()
            .filter(|line| !line.starts_with(key))
            .map(|line| format!("{line}\n"))
            .collect();
        let error = read_by(&mapping, HEADER).unwrap_err().to_string();
        assert!(error.contains("both [kind] and original"), "{error}");
    }
}

/// The references of two refunds that carry these, one of the first of two payments, which carry 1 and 2.
fn references(original: &str, carried: [&str; 2]) -> Vec<[u8; 16]> {
    let mapping = format!("reference = \"uetr\"{MAPPING}");
    let uetr = |last: &str| match last {
        "" => String::new(),
        last => format!("00000000-0000-0000-0000-00000000000{last}"),
    };
    let [first, second] = carried.map(uetr);
    let file = format!(
        "id,kind,of,time,user,product,amount,uetr\n\
         p1,sale,,2026-11-23 10:00,u1,1,100.05,{}\n\
         p2,sale,,2026-11-23 10:00,u1,1,100.05,{}\n\
         r1,return,p1,2026-11-23 12:00,u1,1,1.00,{first}\n\
         r2,return,{original},2026-11-23 12:00,u1,1,1.00,{second}\n",
        uetr("1"),
        uetr("2"),
    );
    let input = read_by(&mapping, &file).unwrap();
    input
        .refunds
        .iter()
        .map(|refund| refund.reference)
        .collect()
}

fn last_bytes(references: &[[u8; 16]]) -> Vec<u8> {
    references.iter().map(|reference| reference[15]).collect()
}

fn own(id: &str) -> [u8; 16] {
    reference_of(CLIENT, id)
}

#[test]
fn a_refund_without_a_reference_has_its_own() {
    assert_eq!(references("p1", ["", ""]), [own("r1"), own("r2")]);
}

#[test]
fn a_refund_with_its_payments_reference_has_its_own() {
    assert_eq!(references("p2", ["1", "2"]), [own("r1"), own("r2")]);
}

#[test]
fn refunds_of_a_payment_that_share_a_reference_have_their_own() {
    assert_eq!(references("p1", ["3", "3"]), [own("r1"), own("r2")]);
}

#[test]
fn a_reference_that_a_refund_has_for_itself_stays() {
    assert_eq!(last_bytes(&references("p2", ["3", "4"])), [3, 4]);
}

#[test]
fn refunds_of_two_payments_have_no_reference_in_common() {
    assert_eq!(last_bytes(&references("p2", ["3", "3"])), [3]);
}
