package io.tollgate.data.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tollgate.data.TestSeed;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import io.tollgate.data.table.FileFormatException;
import io.tollgate.data.table.RowReader;
import io.tollgate.data.table.RowWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMilliVector;
import org.apache.arrow.vector.TimeStampNanoTZVector;
import org.apache.arrow.vector.TimeStampSecTZVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache's own library reads our files, and we read its files: every value is the same. */
class ArrowInteroperationTest {
    private static final List<Column> COLUMNS = List.of(
            new Column("text", ColumnType.TEXT),
            new Column("int", ColumnType.INT),
            new Column("long", ColumnType.LONG),
            new Column("decimal", ColumnType.DECIMAL),
            new Column("instant", ColumnType.INSTANT),
            new Column("double", ColumnType.DOUBLE));
    private static final int ROWS = 40_000;

    @AutoClose
    private final BufferAllocator allocator = new RootAllocator();

    private final Random random = new Random(TestSeed.of("ArrowInteroperationTest"));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldBeReadByApachesLibrary(final boolean isFile) throws IOException {
        final List<Object[]> expected = new ArrayList<>();
        final byte[] bytes = write(isFile, expected);
        int row = 0;
        try (ArrowReader reader = isFile
                ? new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(bytes), allocator)
                : new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
            final VectorSchemaRoot root = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int i = 0; i < root.getRowCount(); i++) {
                    final Object[] values = expected.get(row++);
                    for (int column = 0; column < values.length; column++) {
                        assertEquals(values[column], value(root.getVector(column), i));
                    }
                }
            }
        }
        assertEquals(ROWS, row);
    }

    private static Object value(final FieldVector vector, final int row) {
        if (vector.isNull(row)) {
            return null;
        }
        if (vector instanceof final TimeStampNanoTZVector instants) {
            assertEquals("UTC", instants.getTimeZone());
            return instants.get(row);
        }
        final Object value = vector.getObject(row);
        return vector instanceof VarCharVector ? value.toString() : value;
    }

    private byte[] write(final boolean isFile, final List<Object[]> expected) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RowWriter writer = new ArrowRowWriter(bytes, isFile, COLUMNS)) {
            for (int i = 0; i < ROWS; i++) {
                final long scaled = random.nextInt(10) == 0 ? Long.MIN_VALUE + 1 : random.nextLong();
                final int scale = random.nextInt(10);
                final Object[] values = {
                    "Zölle " + random.nextInt(100),
                    random.nextInt(),
                    random.nextLong(),
                    BigDecimal.valueOf(scaled, scale).setScale(9),
                    random.nextLong(),
                    random.nextGaussian()
                };
                for (int column = 0; column < values.length; column++) {
                    if (random.nextInt(5) == 0 && column != 1) {
                        values[column] = null;
                        writer.empty();
                        continue;
                    }
                    switch (column) {
                        case 0 -> writer.text((String) values[0]);
                        case 1 -> writer.integer((Integer) values[1]);
                        case 2 -> writer.integer((Long) values[2]);
                        case 3 -> writer.decimal(scaled, scale);
                        case 4 -> writer.instant((Long) values[4]);
                        default -> writer.real((Double) values[5]);
                    }
                }
                writer.endRow();
                expected.add(values);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldReadTheTypesOfOthers() throws IOException {
        try (SmallIntVector small = new SmallIntVector("small", allocator);
                UInt1Vector unsigned = new UInt1Vector("unsigned", allocator);
                IntVector integer = new IntVector("integer", allocator);
                BigIntVector big = new BigIntVector("big", allocator);
                Float4Vector single = new Float4Vector("single", allocator);
                Float8Vector real = new Float8Vector("real", allocator);
                DecimalVector decimal = new DecimalVector("decimal", allocator, 38, 2);
                TimeStampMilliVector milli = new TimeStampMilliVector("milli", allocator);
                TimeStampSecTZVector second = new TimeStampSecTZVector("second", allocator, "America/New_York");
                DateDayVector day = new DateDayVector("day", allocator);
                LargeVarCharVector large = new LargeVarCharVector("large", allocator)) {
            small.setSafe(0, -7);
            unsigned.setSafe(0, 200);
            integer.setSafe(0, -123_456);
            big.setSafe(0, Long.MIN_VALUE);
            single.setSafe(0, 4.4f);
            real.setSafe(0, 4.4);
            decimal.setSafe(0, new BigDecimal("-9223372036854775807.5").setScale(2));
            milli.setSafe(0, -1);
            second.setSafe(0, 1_747_195_260L);
            day.setSafe(0, -1);
            large.setSafe(0, "关税".getBytes(StandardCharsets.UTF_8));
            final byte[] bytes = written(
                    new DictionaryProvider.MapDictionaryProvider(),
                    List.of(small, unsigned, integer, big, single, real, decimal, milli, second, day, large),
                    1);
            final List<String> texts = new ArrayList<>();
            try (RowReader reader = new ArrowRowReader(new ByteArrayInputStream(bytes))) {
                assertTrue(reader.next());
                for (int i = 0; i < reader.columns().size(); i++) {
                    texts.add(reader.text(i));
                }
                assertEquals(4_400_000, reader.scaled(5, 6));
                assertEquals(1_747_195_260_000_000_000L, reader.instantNs(8));
                assertThrows(IllegalArgumentException.class, () -> reader.scaled(6, 0));
                assertThrows(IllegalArgumentException.class, () -> reader.scaled(6, 1));
                assertFalse(reader.next());
            }
            assertEquals(
                    List.of(
                            "-7",
                            "200",
                            "-123456",
                            "-9223372036854775808",
                            "4.4",
                            "4.4",
                            "-9223372036854775807.5",
                            "1969-12-31T23:59:59.999Z",
                            "2025-05-14T04:01:00Z",
                            "1969-12-31",
                            "关税"),
                    texts);
        }
    }

    @Test
    void shouldReadTextWithADictionary() throws IOException {
        try (VarCharVector words = new VarCharVector("words", allocator);
                VarCharVector keys = new VarCharVector("series", allocator)) {
            for (int i = 0; i < 3; i++) {
                words.setSafe(i, ("series." + i).getBytes(StandardCharsets.UTF_8));
            }
            words.setValueCount(3);
            final int[] order = {2, 0, 1, 2};
            for (int i = 0; i < order.length; i++) {
                keys.setSafe(i, ("series." + order[i]).getBytes(StandardCharsets.UTF_8));
            }
            keys.setValueCount(order.length + 1);
            final Dictionary dictionary = new Dictionary(words, new DictionaryEncoding(7, false, null));
            final DictionaryProvider.MapDictionaryProvider provider =
                    new DictionaryProvider.MapDictionaryProvider(dictionary);
            try (FieldVector encoded = (FieldVector) DictionaryEncoder.encode(keys, dictionary)) {
                final byte[] bytes = written(provider, List.of(encoded), order.length + 1);
                try (RowReader reader = new ArrowRowReader(new ByteArrayInputStream(bytes))) {
                    assertEquals(List.of("series"), reader.columns());
                    for (final int word : order) {
                        assertTrue(reader.next());
                        assertEquals("series." + word, reader.text(0));
                    }
                    assertTrue(reader.next());
                    assertTrue(reader.isEmpty(0));
                    assertFalse(reader.next());
                }
            }
        }
    }

    private static byte[] written(final DictionaryProvider provider, final List<FieldVector> vectors, final int rows)
            throws IOException {
        vectors.forEach(vector -> vector.setValueCount(rows));
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final VectorSchemaRoot root = new VectorSchemaRoot(vectors);
        try (ArrowStreamWriter writer = new ArrowStreamWriter(root, provider, Channels.newChannel(bytes))) {
            writer.start();
            writer.writeBatch();
            writer.end();
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldRefuseAFileThatEndsAfterItsMagic() {
        final byte[] magic = ArrowRowWriter.MAGIC.getBytes(StandardCharsets.US_ASCII);
        final FileFormatException refusal =
                assertThrows(FileFormatException.class, () -> new ArrowRowReader(new ByteArrayInputStream(magic)));
        assertTrue(refusal.getMessage().contains("no Arrow schema"), refusal::getMessage);
    }

    @Test
    void shouldRefuseMetadataThatPointsOutsideTheMessage() {
        final ByteBuffer message = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        // The prefix, the table at 4 of the metadata, and the offsets of its fields at 8: the second is outside.
        message.putInt(-1).putInt(24).putInt(4).putInt(-4);
        message.putShort((short) 12).putShort((short) 4).putShort((short) 0).putShort((short) 30_000);
        final FileFormatException refusal = assertThrows(
                FileFormatException.class, () -> new ArrowRowReader(new ByteArrayInputStream(message.array())));
        assertTrue(refusal.getMessage().contains("the metadata of the Arrow file is damaged"), refusal::getMessage);
    }

    /** Any damage gives values or a refusal of the file, but no other exception. */
    @Test
    void shouldRefuseDamagedFiles() throws IOException {
        final byte[] whole = write(random.nextBoolean(), new ArrayList<>());
        for (int i = 0; i < 300; i++) {
            final byte[] damaged = Arrays.copyOf(whole, random.nextInt(5) == 0 ? random.nextInt(2_000) : whole.length);
            if (damaged.length == whole.length) {
                damaged[random.nextInt(1_500)] = (byte) random.nextInt();
            }
            try (RowReader reader = new ArrowRowReader(new ByteArrayInputStream(damaged))) {
                for (int row = 0; row < 3 && reader.next(); row++) {
                    for (int column = 0; column < reader.columns().size(); column++) {
                        reader.text(column);
                    }
                }
            } catch (final FileFormatException | IllegalArgumentException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }
}
