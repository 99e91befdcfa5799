//! What the command makes, and what it refuses.

use super::*;
use sp_core::crypto::{DEV_ADDRESS as ADDRESS, DEV_PHRASE as PHRASE};
use sp_keystore::KeystorePtr;
use tempfile::TempDir;

/// A chain's identifier.
const CHAIN: &str = "test";

/// The command with these arguments, for a node below `folder`.
fn command(folder: &TempDir, arguments: &[&str]) -> Result<OperatorKeyCmd, clap::Error> {
    let folder = folder.path().to_str().expect("it is a text");
    let first = ["operator-key", "--chain", CHAIN, "--base-path", folder];
    OperatorKeyCmd::try_parse_from(first.iter().chain(arguments))
}

fn run(folder: &TempDir, arguments: &[&str]) -> sc_cli::Result<String> {
    let command = command(folder, arguments).expect("the arguments are known");
    command.put_into_keystore(CHAIN)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room")
}

fn path(folder: &TempDir, name: &str) -> String {
    folder
        .path()
        .join(name)
        .to_str()
        .expect("it is a text")
        .to_owned()
}

/// The addresses of the operator keys that a node below `folder` reads.
fn held(folder: &TempDir, password: Option<&str>) -> Vec<String> {
    let config = sc_service::config::KeystoreConfig::Path {
        path: BasePath::new(folder.path())
            .config_dir(CHAIN)
            .join("keystore"),
        password: password.map(|password| SecretString::new(password.to_owned())),
    };
    let keystore: KeystorePtr = KeystoreContainer::new(&config)
        .expect("it opens")
        .keystore();
    let addresses = keystore.sr25519_public_keys(OPERATOR_KEY_TYPE).into_iter();
    addresses
        .map(|key| key.to_ss58check_with_version(Ss58AddressFormat::custom(42)))
        .collect()
}

#[test]
fn a_new_key_is_in_the_keystore_and_its_phrase_in_the_file() {
    let folder = folder();
    let file = path(&folder, "phrase");
    let address = run(&folder, &["--output", &file]).expect("the key is made");
    assert_eq!(held(&folder, None), std::slice::from_ref(&address));
    let phrase = read(Path::new(&file)).expect("the file is there");
    assert_eq!(phrase.split(' ').count(), 12);
    let key = pair(&phrase, None).expect("it is a phrase").public();
    assert_eq!(key.to_ss58check(), address);
}

#[test]
fn two_new_keys_differ() {
    let folder = folder();
    let first = run(&folder, &["--output", &path(&folder, "1")]).expect("the key is made");
    let second = run(&folder, &["--output", &path(&folder, "2")]).expect("the key is made");
    assert_ne!(first, second);
    assert_eq!(held(&folder, None).len(), 2);
}

#[cfg(unix)]
#[test]
fn nobody_but_its_owner_reads_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let file = path(&folder, "phrase");
    run(&folder, &["--output", &file]).expect("the key is made");
    let mode = std::fs::metadata(file)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let folder = folder();
    let file = path(&folder, "phrase");
    std::fs::write(&file, "mine").expect("there is room");
    let error = run(&folder, &["--output", &file]).expect_err("the file is there");
    assert!(error.to_string().contains("--suri"), "{error}");
    assert_eq!(std::fs::read_to_string(file).expect("it is there"), "mine");
    assert_eq!(held(&folder, None), Vec::<String>::new());
}

#[test]
fn the_key_of_a_secret_in_a_file_is_put_into_the_keystore() {
    let folder = folder();
    let file = path(&folder, "phrase");
    std::fs::write(&file, format!("{PHRASE}\n")).expect("there is room");
    assert_eq!(
        run(&folder, &["--suri", &file]).expect("it is a phrase"),
        ADDRESS
    );
    assert_eq!(held(&folder, None), [ADDRESS]);
}

/// Where the node's keystore has a password, the key is the one that the node then finds.
#[test]
fn the_password_of_the_keystore_is_part_of_the_key() {
    let folder = folder();
    let file = path(&folder, "phrase");
    std::fs::write(&file, PHRASE).expect("there is room");
    let address = run(&folder, &["--suri", &file, "--password", "secret"]).expect("it is a phrase");
    assert_ne!(address, ADDRESS);
    let key = pair(PHRASE, Some(&SecretString::new("secret".into()))).expect("it is a phrase");
    assert_eq!(key.public().to_ss58check(), address);
    assert_eq!(held(&folder, Some("secret")), [address]);
}

#[test]
fn what_is_no_secret_is_not_printed() {
    let folder = folder();
    let file = path(&folder, "phrase");
    std::fs::write(&file, "not a phrase").expect("there is room");
    let error = run(&folder, &["--suri", &file]).expect_err("it is no phrase");
    assert!(!error.to_string().contains("not a phrase"), "{error}");
    assert_eq!(held(&folder, None), Vec::<String>::new());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = folder();
    let file = path(&folder, "missing");
    let error = run(&folder, &["--suri", &file]).expect_err("there is no file");
    assert!(error.to_string().contains("missing"), "{error}");
}

#[test]
fn the_secret_has_one_file() {
    let folder = folder();
    assert!(command(&folder, &[]).is_err());
    assert!(command(&folder, &["--output", "a", "--suri", "b"]).is_err());
    assert!(command(&folder, &["--output", "a"]).is_ok());
}
