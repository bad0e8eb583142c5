package io.tollgate.examples.impact.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.examples.impact.data.Hs2Names;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundledDataTest {
    private static final Pattern CHECKSUM = Pattern.compile("([0-9a-f]{64})  (\\S+)");

    @Test
    void shouldHoldTheBytesThatTheSourcesDocument() throws IOException, NoSuchAlgorithmException {
        final Matcher documented = CHECKSUM.matcher(text("SOURCES.md"));
        int count = 0;
        while (documented.find()) {
            final String name = documented.group(2);
            final byte[] hash = MessageDigest.getInstance("SHA-256").digest(plainBytes(name));
            assertEquals(documented.group(1), HexFormat.of().formatHex(hash), name);
            count++;
        }
        assertEquals(14, count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LICENSES/mwaugh0328-MIT.txt",
                "LICENSES/tradewartracker-MIT.txt",
                "LICENSES/budget-lab-yale-MIT.txt",
                "LICENSES/gpr-MIT.txt"
            })
    void shouldCarryTheLicenceTextsThatMustTravel(final String name) throws IOException {
        assertTrue(text(name).contains("Permission is hereby granted, free of charge"), name);
        assertTrue(text("SOURCES.md").contains(name), name);
    }

    @Test
    void shouldNameEveryChapterThatImportsFallInto() throws IOException {
        final Map<String, Hs2Names.Name> names = Hs2Names.load().names();
        assertEquals(97, names.size());
        assertEquals(new Hs2Names.Name("copper", "Copper and articles thereof"), names.get("74"));
        for (final String[] row : PlainFiles.rows("us_imports_from_china_2024_hs10.csv.gz")) {
            assertTrue(names.containsKey(row[0].substring(0, 2)) || row[0].startsWith("98"), row[0]);
        }
    }

    @Test
    void shouldReportAMissingFileByName() {
        final FileNotFoundException missing =
                assertThrows(FileNotFoundException.class, () -> BundledCsv.read("none.csv", csv -> {}));

        assertTrue(missing.getMessage().startsWith("bundledFile=none.csv"), missing.getMessage());
    }

    @Test
    void shouldReportFileAndLineOfARefusedRecord() {
        final List<String> seen = new ArrayList<>();

        final IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> BundledCsv.read("headline_levels.csv", csv -> {
                    seen.add(csv.getField("series"));
                    Long.parseLong(csv.getField("series"));
                }));

        assertTrue(refused.getMessage().startsWith("headline_levels.csv:2: "), refused.getMessage());
        assertEquals(List.of("US_IEEPA_ADDL_ON_CN"), seen);
    }

    private static String text(final String name) throws IOException {
        return new String(plainBytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] plainBytes(final String name) throws IOException {
        try (InputStream raw = BundledDataTest.class.getResourceAsStream(name);
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return plain.readAllBytes();
        }
    }
}
