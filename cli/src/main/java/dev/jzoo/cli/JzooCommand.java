package dev.jzoo.cli;

import dev.jzoo.cli.console.Failure;
import dev.jzoo.cli.console.Host;
import dev.jzoo.cli.console.Output;
import dev.jzoo.cli.console.Progress;
import dev.jzoo.cli.console.UsageException;
import dev.jzoo.cli.options.ArgumentConverters;
import dev.jzoo.cli.options.OptionDefaults;
import dev.jzoo.cli.options.RunsOption;
import dev.jzoo.zoo.ModelLookup;
import dev.jzoo.zoo.Store;
import dev.jzoo.zoo.Zoo;
import dev.jzoo.zoo.hub.ModelReference;
import dev.jzoo.zoo.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code jzoo} itself: the list of subcommands, and everything they share. It handles failures without lambdas,
 * for the reason that {@link ArgumentConverters} gives.
 */
@Command(
        name = "jzoo",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Release.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n")
final class JzooCommand implements Runnable, IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Host host;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the result as one JSON document.")
    private boolean json;

    @Option(
            names = "--offline",
            scope = ScopeType.INHERIT,
            description = "Do not use the network. Mirrors that are folders are still used.")
    private boolean offline;

    @Option(
            names = "--progress",
            scope = ScopeType.INHERIT,
            paramLabel = "FORM",
            defaultValue = "auto",
            description = "Form of download progress on stderr: auto, lines or json (default: ${DEFAULT-VALUE}).")
    private Progress.ProgressFormat progress = Progress.ProgressFormat.AUTO;

    JzooCommand(Host host) {
        this.host = host;
    }

    /** Runs a command line. Returns the exit code. */
    int execute(String... args) {
        try {
            int exitCode = commandLine().execute(args);
            host.out().flush();
            return exitCode;
        } catch (Error e) {
            return report(e); // picocli catches exceptions only
        } finally {
            host.err().flush();
        }
    }

    CommandLine commandLine() {
        CommandLine commands = new CommandLine(this)
                .addSubcommand(new ListCommand(this))
                .addSubcommand(new SearchCommand(this))
                .addSubcommand(new ShowCommand(this))
                .addSubcommand(new PullCommand(this))
                .addSubcommand(new RunCommand(this))
                .addSubcommand(new VerifyCommand(this))
                .addSubcommand(new InspectCommand(this))
                .addSubcommand(new TrainCommand(this))
                .addSubcommand(new FinetuneCommand(this))
                .addSubcommand(new ExportCommand(this))
                .addSubcommand(new PublishCommand(this))
                .addSubcommand(new CompareCommand(this))
                .addSubcommand(new MirrorCommand(this))
                .addSubcommand(new PackCommand(this))
                .addSubcommand(new DatasetCommand(this))
                .addSubcommand(new LabCommand(this))
                .addSubcommand(new CacheCommand(this))
                .addSubcommand(new DoctorCommand(this))
                .addSubcommand(new QuickstartCommand(this))
                .addSubcommand(new CompletionCommand(this))
                .addSubcommand(new WarmUpCommand(this));
        commands.getCommandSpec()
                .usageMessage()
                .description(
                        "An ONNX model zoo for the JVM: models trained in Java, exported to ONNX, verified, ready to run.")
                .footer(GeneralHelp.FOOTER);
        ArgumentConverters.register(commands, host);
        return commands.setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(new OptionDefaults(host))
                .setOut(host.terminal(Host.ConsoleStream.OUT))
                .setErr(host.terminal(Host.ConsoleStream.ERR))
                .setColorScheme(
                        CommandLine.Help.defaultColorScheme(host.coloured(Host.ConsoleStream.OUT) ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(Math.max(host.columns(), 80))
                .setParameterExceptionHandler(this)
                .setExecutionExceptionHandler(this);
    }

    @Override
    public void run() {
        commandLine().usage(host.terminal(Host.ConsoleStream.OUT));
    }

    private int report(Throwable failure) {
        if (host.environment().getOrDefault("JZOO_DEBUG", "").equals("1")) {
            failure.printStackTrace(host.err());
        }
        return Failure.of(failure).report(output());
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        // picocli wraps the errors of commands that are methods
        return report(
                failure instanceof CommandLine.ExecutionException && failure.getCause() instanceof Error error
                        ? error
                        : failure);
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        json |= Arrays.asList(args).contains("--json"); // it may follow the argument that could not be parsed
        if (e.getCause() instanceof IllegalArgumentException unfit) {
            return Failure.usage(unfit.getMessage(), "").report(output()); // a converter's message, which is complete
        }
        CommandLine command = e.getCommandLine();
        StringWriter near = new StringWriter();
        UnmatchedArgumentException.printSuggestions(e, new PrintWriter(near, true));
        String help = "'" + command.getCommandSpec().qualifiedName() + " --help' explains the usage.";
        String message = e.getMessage();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            message = "Unknown command '" + unmatched.getUnmatched().get(0) + "'.";
        }
        return Failure.usage(message, (near.toString().strip() + "\n" + help).strip())
                .report(output());
    }

    Host host() {
        return host;
    }

    /** Returns the output for results and messages. */
    Output output() {
        return new Output(host, json ? Output.OutputFormat.JSON : Output.OutputFormat.TEXT, progress);
    }

    Settings settings() {
        Settings settings = Settings.of(host.environment());
        Settings here = new Settings(
                host.folder().resolve(settings.home()),
                settings.mirrors(),
                settings.zoos(),
                settings.hubs(),
                settings.offline() || offline);
        return host.modelsFolder()
                .map(models -> here.withZoo(models.toAbsolutePath().getParent().toUri()))
                .orElse(here);
    }

    Zoo zoo() {
        return Zoo.open(settings());
    }

    Store store() {
        return Store.open(settings());
    }

    /** Returns a lookup of models by name or path. It also finds runs in the default folder. */
    ModelLookup models() {
        return new ModelLookup(zoo(), host.folder(), List.of(host.path(RunsOption.DEFAULT)));
    }

    /** Returns its argument. Fails with UsageException if it begins like a model reference but is malformed. */
    static String wellFormed(String nameOrPath) throws IOException {
        if (ModelReference.isElsewhere(nameOrPath)) {
            UsageException.unlessRefused(() -> ModelReference.parse(nameOrPath));
        }
        return nameOrPath;
    }

    /** Returns the {@code .onnx} file of a model, downloading it if needed. */
    Path model(String nameOrPath) throws IOException {
        try (Progress progress = Progress.of(output())) {
            return models().file(wellFormed(nameOrPath), progress);
        }
    }
}
