//! What the commands do.

use crate::{
    chain_spec,
    cli::{Cli, Subcommand},
    service::{self, partial::Parts},
};
use counterfoil_runtime::opaque::Block;
use sc_cli::{LoggerBuilder, SubstrateCli};
use sc_network::config::NetworkBackendType;

impl SubstrateCli for Cli {
    fn impl_name() -> String {
        "Counterfoil node".into()
    }

    fn impl_version() -> String {
        env!("SUBSTRATE_CLI_IMPL_VERSION").into()
    }

    fn description() -> String {
        env!("CARGO_PKG_DESCRIPTION").into()
    }

    fn author() -> String {
        "the Counterfoil authors".into()
    }

    fn support_url() -> String {
        "the `docs` folder of the repository".into()
    }

    fn copyright_start_year() -> i32 {
        2026
    }

    fn load_spec(&self, id: &str) -> Result<Box<dyn sc_service::ChainSpec>, String> {
        Ok(match id {
            "dev" => Box::new(chain_spec::development()?),
            "" | "local" => Box::new(chain_spec::local()?),
            path => Box::new(chain_spec::ChainSpec::from_json_file(path.into())?),
        })
    }
}

/// Reads the command line and does what it says.
pub fn run() -> sc_cli::Result<()> {
    let cli = Cli::from_args();
    match &cli.subcommand {
        None => run_node(&cli),
        Some(Subcommand::Key(command)) => command.run(&cli),
        Some(Subcommand::OperatorKey(command)) => command.run(&cli),
        Some(Subcommand::ExportChainSpec(command)) => {
            // Where the genesis is wrong, the runtime's log alone says what is.
            LoggerBuilder::new("error").init()?;
            command.run(cli.load_spec(&command.chain)?)
        }
        #[allow(deprecated)]
        Some(Subcommand::BuildSpec(command)) => cli
            .create_runner(command)?
            .sync_run(|config| command.run(config.chain_spec, config.network)),
        Some(Subcommand::CheckBlock(command)) => {
            cli.create_runner(command)?.async_run(|mut config| {
                let Parts {
                    client,
                    import_queue,
                    task_manager,
                    ..
                } = service::partial::new(&mut config)?;
                Ok((command.run(client, import_queue), task_manager))
            })
        }
        Some(Subcommand::ExportBlocks(command)) => {
            cli.create_runner(command)?.async_run(|mut config| {
                let Parts {
                    client,
                    task_manager,
                    ..
                } = service::partial::new(&mut config)?;
                Ok((command.run(client, config.database), task_manager))
            })
        }
        Some(Subcommand::ExportState(command)) => {
            cli.create_runner(command)?.async_run(|mut config| {
                let Parts {
                    client,
                    task_manager,
                    ..
                } = service::partial::new(&mut config)?;
                Ok((command.run(client, config.chain_spec), task_manager))
            })
        }
        Some(Subcommand::ImportBlocks(command)) => {
            cli.create_runner(command)?.async_run(|mut config| {
                let Parts {
                    client,
                    import_queue,
                    task_manager,
                    ..
                } = service::partial::new(&mut config)?;
                Ok((command.run(client, import_queue), task_manager))
            })
        }
        Some(Subcommand::PurgeChain(command)) => cli
            .create_runner(command)?
            .sync_run(|config| command.run(config.database)),
        Some(Subcommand::Revert(command)) => cli.create_runner(command)?.async_run(|mut config| {
            let Parts {
                client,
                backend,
                task_manager,
                ..
            } = service::partial::new(&mut config)?;
            let revert_finality = Box::new(|client, _, blocks| {
                sc_consensus_grandpa::revert(client, blocks)?;
                Ok(())
            });
            Ok((
                command.run(client, backend, Some(revert_finality)),
                task_manager,
            ))
        }),
        Some(Subcommand::ChainInfo(command)) => cli
            .create_runner(command)?
            .sync_run(|config| command.run::<Block>(&config)),
    }
}

fn run_node(cli: &Cli) -> sc_cli::Result<()> {
    cli.create_runner(&cli.run())?
        .run_node_until_exit(|config| async move {
            match config.network.network_backend {
                NetworkBackendType::Litep2p => {
                    service::run::<sc_network::Litep2pNetworkBackend>(config)
                }
                NetworkBackendType::Libp2p => {
                    service::run::<sc_network::NetworkWorker<Block, service::partial::Hash>>(config)
                }
            }
            .map_err(sc_cli::Error::Service)
        })
}
