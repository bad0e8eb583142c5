package io.tollgate.examples.impact;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.tollgate.examples.file.NamedOutput;
import io.tollgate.examples.impact.finding.MetricRow;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Writes {@code metrics.csv}: UTF-8, RFC 4180, a header, and one number on each line. */
final class MetricsFile {
    private MetricsFile() {}

    static void write(final Path file, final List<MetricRow> rows) throws IOException {
        try (CsvWriter csv =
                CsvWriter.builder().build(new OutputStreamWriter(NamedOutput.create(file), StandardCharsets.UTF_8))) {
            csv.writeRecord(MetricRow.HEADER);
            rows.forEach(row -> csv.writeRecord(row.cells()));
        }
    }
}
