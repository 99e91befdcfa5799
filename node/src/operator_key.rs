//! Operator keys for live chains: made, kept in a file, and put into a node's keystore.
//!
//! A member is registered with its operator's address, and its node signs with the key behind it. The
//! secret phrase goes to a file that its owner alone reads, so that it is in no list of processes and on no
//! screen. Whoever loses both file and keystore loses the key.

use clap::{Args, Parser};
use counterfoil_primitives::operator::OPERATOR_KEY_TYPE;
use counterfoil_runtime::constants::SS58_PREFIX;
use sc_cli::{KeystoreParams, SubstrateCli};
use sc_service::{config::BasePath, KeystoreContainer};
use sp_core::{
    crypto::{ExposeSecret, SecretString, Ss58AddressFormat, Ss58Codec},
    sr25519, Pair,
};
use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

/// Makes an operator key, or takes one from a file, and puts it into the node's keystore.
#[derive(Debug, Parser)]
pub struct OperatorKeyCmd {
    /// The folder of the node's data.
    #[arg(long, short = 'd', value_name = "DIR")]
    base_path: PathBuf,

    /// The chain: the file of its specification, or `local` or `dev`.
    #[arg(long, value_name = "SPEC")]
    chain: String,

    #[command(flatten)]
    secret: SecretFile,

    #[command(flatten)]
    keystore: KeystoreParams,
}

/// The file of the secret phrase.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct SecretFile {
    /// Make a key, and write its secret phrase to this new file.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Take the key whose secret phrase or seed this file holds.
    #[arg(long, value_name = "FILE")]
    suri: Option<PathBuf>,
}

impl OperatorKeyCmd {
    /// Makes or takes the key, and prints its address.
    pub fn run(&self, cli: &impl SubstrateCli) -> sc_cli::Result<()> {
        let chain = cli.load_spec(&self.chain)?;
        println!("{}", self.put_into_keystore(chain.id())?);
        Ok(())
    }

    /// Puts the key into the keystore that the node of this chain reads, and returns its address.
    fn put_into_keystore(&self, chain: &str) -> sc_cli::Result<String> {
        let folder = BasePath::new(&self.base_path).config_dir(chain);
        let config = self.keystore.keystore_config(&folder)?;
        let password = match &config {
            sc_service::config::KeystoreConfig::Path { password, .. } => password.clone(),
            sc_service::config::KeystoreConfig::InMemory => None,
        };
        // Opened first: a folder that cannot be written to leaves no file of a key that nobody has.
        let keystore = KeystoreContainer::new(&config)?.keystore();
        let secret = self.secret.phrase(password.as_ref())?;
        let public = pair(&secret, password.as_ref())?.public();
        keystore
            .insert(OPERATOR_KEY_TYPE, &secret, public.as_ref())
            .map_err(|()| sc_cli::Error::KeystoreOperation)?;
        Ok(public.to_ss58check_with_version(Ss58AddressFormat::custom(SS58_PREFIX)))
    }
}

impl SecretFile {
    /// The secret: read from the one file, or made and written to the other.
    fn phrase(&self, password: Option<&SecretString>) -> sc_cli::Result<String> {
        match (&self.suri, &self.output) {
            (Some(file), _) => read(file),
            (None, Some(file)) => make(file, password),
            (None, None) => {
                Err("name a file: --output for a new key, --suri for one that is there".into())
            }
        }
    }
}

/// The key of a secret, and of the keystore's password where it has one.
fn pair(secret: &str, password: Option<&SecretString>) -> sc_cli::Result<sr25519::Pair> {
    let password = password.map(|password| password.expose_secret().as_str());
    // What is wrong with a secret is not printed with the secret.
    sr25519::Pair::from_string(secret, password)
        .map_err(|_| "the file holds no secret phrase and no seed".into())
}

fn read(file: &Path) -> sc_cli::Result<String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(text.trim().to_owned())
}

/// Makes a key, and writes its secret phrase to a file that was not there.
fn make(file: &Path, password: Option<&SecretString>) -> sc_cli::Result<String> {
    let password = password.map(|password| password.expose_secret().as_str());
    let (_, phrase, _) = sr25519::Pair::generate_with_phrase(password);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(file).and_then(|mut file| {
        writeln!(file, "{phrase}")?;
        file.sync_all()
    });
    match written {
        Ok(()) => Ok(phrase),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(format!(
            "{} is there already, and may hold a key: name another file, or take its key with --suri",
            file.display()
        )
        .into()),
        Err(error) => Err(format!("cannot write {}: {error}", file.display()).into()),
    }
}

#[cfg(test)]
mod tests;
