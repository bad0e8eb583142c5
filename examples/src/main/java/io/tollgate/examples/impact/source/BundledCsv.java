package io.tollgate.examples.impact.source;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** The CSV files bundled next to this class, each with a header. Files ending in {@code .gz} are compressed. */
public final class BundledCsv {
    private BundledCsv() {}

    /**
     * Passes each record of a file to a consumer.
     *
     * @param name     of the file.
     * @param consumer receives the records in order.
     * @throws IOException              if the file is missing or cannot be read.
     * @throws IllegalArgumentException if the consumer refuses a record; the message is {@code name:line: reason}.
     */
    public static void read(final String name, final Consumer<NamedCsvRecord> consumer) throws IOException {
        try (InputStream raw = open(name);
                InputStream stream = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                CsvReader<NamedCsvRecord> records =
                        CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (final NamedCsvRecord csv : records) {
                try {
                    consumer.accept(csv);
                } catch (final RuntimeException e) {
                    throw new IllegalArgumentException(
                            name + ":" + csv.getStartingLineNumber() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static InputStream open(final String name) throws IOException {
        final InputStream stream = BundledCsv.class.getResourceAsStream(name);
        if (stream == null) {
            throw new FileNotFoundException("bundledFile=" + name + " is missing in the jar; build it again");
        }
        return stream;
    }
}
