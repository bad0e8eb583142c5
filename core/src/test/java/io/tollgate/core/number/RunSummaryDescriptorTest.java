package io.tollgate.core.number;

import static io.tollgate.core.number.RunSummaryDescriptor.HOT_LENGTH;
import static io.tollgate.core.number.RunSummaryDescriptor.LENGTH;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tollgate.core.fixture.NativeMemory;
import io.tollgate.core.memory.NativeBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RunSummaryDescriptorTest {
    private static final Path SOURCE =
            Path.of("src", "main", "java", "io", "tollgate", "core", "number", "RunSummaryDescriptor.java");
    private static final Pattern ROW = Pattern.compile("\\|\\s+(\\w+)(?:, (\\d) words)?\\s+\\|\\s+(\\d+)");

    private final NativeBuffer buffer = NativeMemory.of(LENGTH + 16);

    @Test
    void shouldBeLaidOutAsDrawn() throws IOException, ReflectiveOperationException {
        int end = 0;
        int hotEnd = 0;
        final Map<String, Integer> drawn = drawing();
        for (final Map.Entry<String, Integer> field : drawn.entrySet()) {
            assertEquals(end, offset(field.getKey()), field.getKey());
            end += 8 * field.getValue();
            hotEnd = field.getKey().equals("changes") ? end : hotEnd;
        }
        assertEquals(18, drawn.size());
        assertEquals(HOT_LENGTH, hotEnd);
        assertEquals(LENGTH, end);
    }

    /** Returns names and words of the fields in the order of the diagram, and checks the offsets of the diagram. */
    private static Map<String, Integer> drawing() throws IOException, ReflectiveOperationException {
        final Map<String, Integer> fields = new LinkedHashMap<>();
        final Matcher row = ROW.matcher(Files.readString(SOURCE));
        while (row.find()) {
            assertEquals(offset(row.group(1)), Integer.parseInt(row.group(3)), row.group(1));
            fields.put(row.group(1), row.group(2) == null ? 1 : Integer.parseInt(row.group(2)));
        }
        return fields;
    }

    private static int offset(final String field) throws ReflectiveOperationException {
        final String constant = field.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT) + "_OFFSET";
        return RunSummaryDescriptor.class.getField(constant).getInt(null);
    }

    @Test
    void shouldStoreEachFieldAtItsOffset() throws ReflectiveOperationException {
        final RunSummary summary = new RunSummary().clear(true);
        summary.append(-100, ReadableRunSummary.UNKNOWN);
        summary.append(-90, Long.MAX_VALUE);
        summary.append(60, -Long.MAX_VALUE);
        summary.append(65, 17);
        summary.append(70, 17);
        summary.store(buffer, 8);
        assertField(5, "count");
        assertField(-100, "firstTime");
        assertField(70, "lastTime");
        assertField(Long.MIN_VALUE, "firstValue");
        assertField(17, "lastValue");
        assertField(Long.MAX_VALUE, "firstKnown");
        assertField(17, "lastKnown");
        assertField(160, "duration");
        assertField(summary.firstMomentLow(), "firstMoment");
        assertEquals(summary.firstMomentHigh(), word(offset("firstMoment") + 8));
        assertField(summary.secondMomentLow(), "secondMoment");
        assertEquals(summary.secondMomentMiddle(), word(offset("secondMoment") + 8));
        assertEquals(summary.secondMomentHigh(), word(offset("secondMoment") + 16));
        assertField(-Long.MAX_VALUE, "min");
        assertField(Long.MAX_VALUE, "max");
        assertField(3, "changes");
    }

    @Test
    void shouldStoreTheExtendedPartAtItsOffsets() throws ReflectiveOperationException {
        final RunSummary summary = new RunSummary().clear(true, true);
        summary.append(Long.MIN_VALUE + 1, -Long.MAX_VALUE);
        summary.append(5, Long.MAX_VALUE - 7);
        summary.append(1L << 61, 17);
        buffer.setMemory(0, LENGTH + 16, (byte) 0x5A);
        summary.storeExtended(buffer, 8);
        assertEquals(3, word(offset("count")));
        assertWords(summary.moments.extended.third, "thirdMoment", 4);
        assertWords(summary.moments.extended.fourth, "fourthMoment", 5);
        assertWords(summary.moments.extended.time, "timeMoment", 2);
        assertWords(summary.moments.extended.timeSquare, "timeSquareMoment", 3);
        assertWords(summary.moments.extended.timeValue, "timeValueMoment", 3);
        assertEquals(0x5A, buffer.getByte(8 + LENGTH));
    }

    private void assertWords(final Int320 sum, final String field, final int words)
            throws ReflectiveOperationException {
        for (int i = 0; i < words; i++) {
            assertEquals(sum.word(i), word(offset(field) + 8 * i), field + " word=" + i);
        }
    }

    private void assertField(final long expected, final String field) throws ReflectiveOperationException {
        assertEquals(expected, word(offset(field)), field);
    }

    private long word(final int offset) {
        return buffer.getLong(8 + offset);
    }

    @Test
    void shouldWriteTheHotPartAndNothingElse() {
        buffer.setMemory(0, LENGTH + 16, (byte) 0x5A);
        new RunSummary().store(buffer, 8);
        assertEquals(0x5A, buffer.getByte(7));
        for (int i = 8 + HOT_LENGTH; i < LENGTH + 16; i++) {
            assertEquals(0x5A, buffer.getByte(i), "offset=" + i);
        }
    }
}
