package io.tollgate.examples;

import io.tollgate.examples.csv.UnwrittenException;
import io.tollgate.examples.data.DumpCommand;
import io.tollgate.examples.data.LoadCommand;
import io.tollgate.examples.data.SqlCommand;
import io.tollgate.examples.directory.BackupCommand;
import io.tollgate.examples.directory.InspectCommand;
import io.tollgate.examples.directory.RecoverCommand;
import io.tollgate.examples.directory.RestoreCommand;
import io.tollgate.examples.directory.VerifyCommand;
import io.tollgate.examples.impact.ImpactCommand;
import io.tollgate.examples.latency.LatencyCommand;
import io.tollgate.examples.panel.PanelCommand;
import io.tollgate.examples.points.InputFile;
import io.tollgate.examples.points.NumberArgument;
import io.tollgate.examples.points.PathArgument;
import io.tollgate.examples.points.RefusedInputException;
import io.tollgate.examples.replay.ReplayCommand;
import io.tollgate.examples.stat.StatCommand;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.PlainLine;
import io.tollgate.examples.terminal.StandardOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line of the example programs, one command each. Exit codes: 0 done, 1 refused input or failure, 2 wrong
 * usage; the reason is one line on standard error. Exit code 141 means that the reader of standard output has closed
 * the pipe, as {@code head} does; no message is printed. Shells report the same code for programs that end by the
 * signal PIPE.
 */
@Command(
        name = "tollgate",
        description = "Exact sliding-window statistics over tariff-rate and licence-count series.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ImpactCommand.class,
            ReplayCommand.class,
            PanelCommand.class,
            LatencyCommand.class,
            InspectCommand.class,
            StatCommand.class,
            VerifyCommand.class,
            RecoverCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DumpCommand.class,
            LoadCommand.class,
            SqlCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        })
public final class Tollgate implements Runnable {
    /**
     * Replaces bytes of an argument that the JVM could not decode. Such an argument would name another series or a file
     * that does not exist. In UTF-8 it is an ordinary character.
     */
    private static final char UNREADABLE = '\uFFFD';

    /** 128 plus the number of the signal PIPE. */
    private static final int READER_GONE = 141;

    private static final String HELP = "--help";
    private static final String VERSION = "--version";
    private static final String MORE_MEMORY = "-Xmx4g or, outside the heap, -XX:MaxDirectMemorySize=4g";
    private static final String MORE_STACK = "-Xss8m";

    @Spec
    private CommandSpec spec;

    /** The version of this program, from its jar, and of the JVM. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Tollgate.class.getPackage().getImplementationVersion();
            return new String[] {
                "tollgate " + (version == null ? "(not from its jar)" : version), "Java " + Runtime.version()
            };
        }
    }

    /** Called by {@link #commandLine()} and picocli. */
    public Tollgate() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param arguments the command and its options.
     */
    public static void main(final String... arguments) {
        // UTF-8 regardless of the locale, because the output is data.
        final Writer out = utf8(FileDescriptor.out);
        final PrintWriter err = new PrintWriter(utf8(FileDescriptor.err), true);
        final int exitCode = run(out, err, System.getProperty("sun.jnu.encoding"), arguments);
        err.flush();
        System.exit(exitCode);
    }

    /** Runs a command and returns its exit code. The arguments were decoded from the given encoding. */
    static int run(final Writer out, final PrintWriter err, final String encoding, final String... arguments) {
        for (final String argument : arguments) {
            if (argument.indexOf(UNREADABLE) >= 0 && !"UTF-8".equalsIgnoreCase(encoding)) {
                err.println("argument=" + argument
                        + " contains bytes that Java cannot decode in this locale, expected a UTF-8 locale: set"
                        + " LC_ALL=C.UTF-8");
                return CommandLine.ExitCode.USAGE;
            }
        }
        final StandardOutput output = new StandardOutput(out);
        final PrintWriter printed = new PrintWriter(output, true);
        final int exitCode;
        try {
            exitCode = commandLine().setOut(printed).setErr(err).execute(arguments);
        } catch (final OutOfMemoryError | StackOverflowError e) {
            return outOfMemory(err, e);
        }
        // A PrintWriter reports its failure only on request. Other failures have already printed a reason.
        final boolean isWritten = !printed.checkError();
        if (isWritten || exitCode != CommandLine.ExitCode.OK && exitCode != READER_GONE) {
            return exitCode;
        }
        if (output.isReaderGone()) {
            return READER_GONE;
        }
        err.println(new UnwrittenException().getMessage());
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static int outOfMemory(final PrintWriter err, final VirtualMachineError e) {
        final String more = e instanceof StackOverflowError ? MORE_STACK : MORE_MEMORY;
        err.println(e + "; start java with a higher limit, such as " + more);
        return CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * Creates the command line.
     *
     * @return a new command line, to be executed.
     */
    public static CommandLine commandLine() {
        final CommandLine line = new CommandLine(new Tollgate());
        addStandardOptions(line.getCommandSpec());
        line.getSubcommands().values().forEach(command -> addStandardOptions(command.getCommandSpec()));
        return line.setExpandAtFiles(false)
                .registerConverter(Path.class, new PathArgument())
                .registerConverter(InputFile.class, new InputFile.Converter())
                .registerConverter(int.class, NumberArgument.ofInt())
                .registerConverter(Integer.class, NumberArgument.ofInt())
                .registerConverter(long.class, NumberArgument.ofLong())
                .registerConverter(double.class, NumberArgument.ofDouble())
                .setParameterExceptionHandler(Tollgate::wrongUsage)
                .setExecutionExceptionHandler(Tollgate::failed);
    }

    /** Adds the exit codes, --help and --version to every command. They work without the required options. */
    private static void addStandardOptions(final CommandSpec command) {
        command.addMixin("exitCodes", CommandSpec.forAnnotatedObject(new ExitCodes()));
        if (command.findOption(HELP) == null) {
            command.addOption(OptionSpec.builder("-h", HELP)
                    .usageHelp(true)
                    .description("Shows this help.")
                    .build());
        }
        if (command.findOption(VERSION) == null) {
            command.versionProvider(new Version())
                    .addOption(OptionSpec.builder("-V", VERSION)
                            .versionHelp(true)
                            .description("Shows the version.")
                            .build());
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command, expected one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }

    private static int wrongUsage(final ParameterException e, final String[] arguments) {
        final CommandLine command = e.getCommandLine();
        final PrintWriter err = command.getErr();
        err.println(e.getMessage());
        if (e instanceof UnmatchedArgumentException || e instanceof MissingParameterException) {
            err.print(command.getHelp().fullSynopsis());
        }
        err.println("Try " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int failed(final Exception e, final CommandLine command, final ParseResult result) {
        final PrintWriter err = command.getErr();
        if (e instanceof UnwrittenException || e.getCause() instanceof UnwrittenException) {
            return READER_GONE;
        }
        if (e instanceof IOException failure) {
            print(err, reason(failure));
        } else if (e instanceof UncheckedIOException failure) {
            print(err, reason(failure));
        } else if (e instanceof RefusedInputException || e instanceof IllegalStateException) {
            print(err, String.valueOf(e.getMessage()));
        } else {
            e.printStackTrace(err);
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /**
     * Prints the reason line by line: a JVM started without the required flags gets a message of two lines, with the
     * flags.
     */
    private static void print(final PrintWriter err, final String reason) {
        reason.lines().map(PlainLine::of).forEach(err::println);
    }

    /** If the exception has its own message, that names the file, which its cause may not do. */
    private static String reason(final UncheckedIOException e) {
        final String cause = reason(e.getCause());
        return e.getMessage().equals(e.getCause().toString()) ? cause : e.getMessage() + " (" + cause + ")";
    }

    private static String reason(final IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or directory";
        }
        if (e instanceof FileAlreadyExistsException file) {
            return file.getFile() + ": is a file, expected a directory or an unused name";
        }
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private static Writer utf8(final FileDescriptor descriptor) {
        return new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8);
    }
}
