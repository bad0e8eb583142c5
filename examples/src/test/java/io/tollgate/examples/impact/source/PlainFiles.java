package io.tollgate.examples.impact.source;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The bundled files, parsed in the simplest way: the oracle of the study. */
public final class PlainFiles {
    private PlainFiles() {}

    /** The rows without the header, split at commas. */
    public static List<String[]> rows(final String name) throws IOException {
        try (InputStream raw = PlainFiles.class.getResourceAsStream(name);
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
        }
    }

    /** The known rates of a date by code. */
    public static Map<String, BigDecimal> rates(
            final String name, final int codeColumn, final int dateColumn, final int rateColumn, final String date)
            throws IOException {
        final Map<String, BigDecimal> rates = new HashMap<>();
        for (final String[] row : rows(name)) {
            if (row[dateColumn].equals(date) && !row[rateColumn].isEmpty()) {
                rates.put(row[codeColumn], new BigDecimal(row[rateColumn]).setScale(6, RoundingMode.HALF_EVEN));
            }
        }
        return rates;
    }

    /** US imports of 2024 by HS6 code. */
    public static Map<String, BigDecimal> weights() throws IOException {
        final Map<String, BigDecimal> weights = new HashMap<>();
        for (final String[] row : rows("us_imports_from_china_2024_hs10.csv.gz")) {
            weights.merge(row[0].substring(0, 6), new BigDecimal(row[1]), BigDecimal::add);
        }
        return weights;
    }
}
