package io.tollgate.examples.data;

import io.tollgate.core.directory.DirectoryView;
import io.tollgate.data.DataFormat;
import io.tollgate.data.SeriesSource;
import io.tollgate.data.table.RowWriter;
import io.tollgate.duckdb.SqlResult;
import io.tollgate.duckdb.SqlTables;
import io.tollgate.examples.csv.PrintedRows;
import io.tollgate.examples.file.TableFile;
import io.tollgate.examples.points.OutputFile;
import io.tollgate.examples.terminal.ExitCodes;
import io.tollgate.examples.terminal.PlainLine;
import io.tollgate.examples.terminal.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code sql}. */
@Command(
        name = "sql",
        sortOptions = false,
        description = "Runs a query in SQL over a data directory, also while an engine of another process has it open."
                + " Neither locks nor changes the directory.",
        exitCodeList = {
            ExitCodes.DONE,
            "  1:the query or the directory is refused",
            ExitCodes.USAGE,
            ExitCodes.INTERRUPTED,
            ExitCodes.READER_GONE
        },
        footerHeading = "%n",
        footer = {
            "Tables: series (definitions and lives), points (the versions that count), versions (all), with the columns"
                    + " of dump, and metrics(window, metric), such as metrics('30d', 'mean'), with series, time, value"
                    + " and status at the clock of the engine. Times are in UTC. The dialect is that of DuckDB.",
            "The result is a table on a terminal, otherwise CSV; or a file by its ending: .csv, .jsonl, .arrow, .arrows"
                    + " or .parquet."
        })
public final class SqlCommand implements Callable<Integer> {
    private static final Path TERMINAL = Path.of("/proc/self/fd/1");

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "The data directory.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "QUERY", description = "The query, in quotes of the shell.")
    private String query;

    @Option(names = "--out", paramLabel = "FILE", description = "The output file; standard output if absent or -.")
    private Optional<Path> out;

    /** Called by picocli. */
    public SqlCommand() {}

    /**
     * Runs the command.
     *
     * @return 0.
     * @throws IOException           if the result cannot be written.
     * @throws IllegalStateException if the query or the directory is refused.
     */
    @Override
    public Integer call() throws IOException {
        final OutputFile output = new OutputFile(out);
        final Optional<TableFile> file = output.isFile() ? Optional.of(table()) : Optional.empty();
        if (output.isOfEngine(directory)) {
            throw wrong(
                    "--out=" + output + " belongs to the data directory " + directory + ", expected a place outside");
        }
        try (DirectoryView view = DirectoryView.open(directory);
                Connection connection = SqlTables.connect(
                        SeriesSource.of(view),
                        () -> view.now()
                                .orElseThrow(() -> new IllegalStateException("the clock of the engine is not known")));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            if (file.isPresent()) {
                final SqlResult result = new SqlResult(rows);
                try (RowWriter writer = file.get().create(result.columns())) {
                    result.writeTo(writer);
                }
            } else if (StatusLine.isTerminal(TERMINAL)) {
                printTable(rows);
            } else {
                final SqlResult result = new SqlResult(rows);
                try (RowWriter writer =
                        DataFormat.CSV.writer(new PrintedRows(spec.commandLine().getOut()), result.columns())) {
                    result.writeTo(writer);
                }
            }
            return 0;
        } catch (final SQLException e) {
            throw new IllegalStateException("query: " + e.getMessage().strip(), e);
        } catch (final NoClassDefFoundError e) {
            throw TableFile.missing(e);
        }
    }

    private TableFile table() {
        return TableFile.of(out.orElseThrow())
                .orElseThrow(
                        () -> wrong("--out=" + out.get() + ", expected a name that ends in " + TableFile.EXPECTED));
    }

    private void printTable(final ResultSet rows) throws SQLException {
        final ResultSetMetaData columns = rows.getMetaData();
        final List<String[]> lines = new ArrayList<>();
        final String[] header = new String[columns.getColumnCount()];
        for (int i = 0; i < header.length; i++) {
            header[i] = PlainLine.of(columns.getColumnName(i + 1));
        }
        lines.add(header);
        while (rows.next()) {
            final String[] line = new String[header.length];
            for (int i = 0; i < line.length; i++) {
                final String text = rows.getString(i + 1);
                line[i] = text == null ? "" : PlainLine.of(text);
            }
            lines.add(line);
        }
        print(lines, header.length);
    }

    private void print(final List<String[]> lines, final int width) {
        final int[] widths = new int[width];
        for (final String[] line : lines) {
            for (int i = 0; i < width; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        final PrintWriter printed = spec.commandLine().getOut();
        for (final String[] line : lines) {
            final StringBuilder text = new StringBuilder();
            for (int i = 0; i < width; i++) {
                text.append(line[i]).append(" ".repeat(widths[i] - line[i].length() + 2));
            }
            printed.println(text.toString().stripTrailing());
        }
        printed.flush();
    }

    private ParameterException wrong(final String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
