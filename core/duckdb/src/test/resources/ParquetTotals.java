import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

/** Prints the totals of a Parquet file that Hardwood reads. It runs from source, because Hardwood needs Java 21. */
class ParquetTotals {
    public static void main(final String[] args) throws Exception {
        long rows = 0;
        long values = 0;
        BigDecimal sum = BigDecimal.ZERO.setScale(9);
        long ended = 0;
        long references = 0;
        long valid = 0;
        long known = 0;
        long scales = 0;
        final Set<String> series = new HashSet<>();
        try (ParquetFileReader file = ParquetFileReader.open(InputFile.of(Path.of(args[0])));
                RowReader row = file.rowReader()) {
            while (row.hasNext()) {
                row.next();
                rows++;
                series.add(row.getString("series"));
                if (!row.isNull("value")) {
                    values++;
                    sum = sum.add(row.getDecimal("value"));
                }
                ended += row.isNull("known_until") ? 0 : 1;
                references += row.isNull("ref") ? 0 : 1;
                valid += nanos(row.getLocalTimestamp("valid_time")) % 1_000_000_007;
                known += nanos(row.getLocalTimestamp("known_at")) % 1_000_000_007;
                scales += row.getInt("scale");
            }
        }
        final String totals = String.join(
                "|",
                Long.toString(rows),
                Long.toString(values),
                sum.toPlainString(),
                Long.toString(ended),
                Long.toString(references),
                Long.toString(valid),
                Long.toString(known),
                Integer.toString(series.size()),
                Long.toString(scales));
        System.out.write((totals + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }

    private static long nanos(final LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000_000 + time.getNano();
    }
}
