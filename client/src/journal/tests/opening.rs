//! Opening a journal, and looking at one.

use super::*;

#[test]
fn two_imports_cannot_share_a_journal() {
    let folder = folder();
    let _first = open(&folder).unwrap();
    let error = open(&folder).unwrap_err().to_string();
    assert!(
        error.contains("another import is using the journal"),
        "{error}"
    );
}

#[test]
fn a_journal_of_another_client_or_chain_is_refused() {
    let folder = folder();
    let path = folder.path().join("journal");
    drop(Journal::open(&path, GENESIS, 1).unwrap());
    assert!(Journal::open(&path, GENESIS, 2).is_err());
    assert!(Journal::open(&path, H256::zero(), 1).is_err());
    assert!(Journal::open(&path, GENESIS, 1).is_ok());
}

#[test]
fn a_journal_of_another_format_is_refused_with_a_remedy() {
    for format in [None, Some(THIS_FORMAT + 1)] {
        let folder = folder();
        let journal = open(&folder).unwrap();
        let write = journal.database.begin_write().unwrap();
        {
            let mut meta = write.open_table(META).unwrap();
            match format {
                Some(format) => meta.insert(FORMAT, format.encode().as_slice()).unwrap(),
                None => meta.remove(FORMAT).unwrap(),
            };
        }
        write.commit().unwrap();
        drop(journal);
        let error = open(&folder).unwrap_err().to_string();
        assert!(error.contains("move it away and import again"), "{error}");
    }
}

#[test]
fn a_file_that_is_no_journal_is_named_with_a_remedy() {
    let folder = folder();
    let path = folder.path().join("journal");
    std::fs::write(&path, b"payment_id,amount\n1,2\n").unwrap();
    let error = Journal::open(&path, GENESIS, 1).unwrap_err().to_string();
    assert!(error.contains("delete it"), "{error}");
}

#[test]
fn a_journal_that_is_only_looked_at_stays_as_it_is() {
    let folder = folder();
    let path = folder.path().join("a/journal");
    open(&folder)
        .unwrap()
        .send(1, &[("a", trade(1))], 0, 100)
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let journal = Journal::peek(&path, GENESIS, 1).unwrap().unwrap();
    assert_eq!(journal.line(1, "a").unwrap().unwrap().trade.gross, 1);
    journal.send(1, &[("b", trade(2))], 0, 100).unwrap();
    drop(journal);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn looking_at_a_journal_that_is_not_there_makes_none() {
    let folder = folder();
    let path = folder.path().join("journal");
    assert!(Journal::peek(&path, GENESIS, 1).unwrap().is_none());
    assert!(!path.exists());
}

#[test]
fn a_journal_of_another_client_is_not_looked_at() {
    let folder = folder();
    drop(open(&folder).unwrap());
    let error = Journal::peek(&folder.path().join("a/journal"), GENESIS, 2).unwrap_err();
    assert!(error.to_string().contains("another client"), "{error}");
}

#[test]
fn a_journal_in_use_can_be_looked_at() {
    let folder = folder();
    let journal = open(&folder).unwrap();
    journal.send(1, &[("a", trade(1))], 0, 100).unwrap();
    let seen = Journal::peek(&folder.path().join("a/journal"), GENESIS, 1).unwrap();
    assert_eq!(seen.unwrap().line(1, "a").unwrap().unwrap().trade.gross, 1);
}
