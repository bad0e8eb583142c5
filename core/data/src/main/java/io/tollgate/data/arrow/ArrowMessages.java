package io.tollgate.data.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import io.tollgate.data.table.Column;
import io.tollgate.data.table.ColumnType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;

/** The metadata of the format: schema, batches and footer. */
final class ArrowMessages {
    /** Every message and buffer begins at a multiple of this many bytes. */
    static final int ALIGNMENT = 8;

    /** The first word of each message. */
    static final int CONTINUATION = -1;

    static final int PREFIX_LENGTH = 8;

    private static final int DECIMAL_BITS = 128;
    private static final byte[] PADDING = new byte[ALIGNMENT];

    private ArrowMessages() {}

    /** The place of a batch in a file. */
    record Place(long offset, int metadataLength, long bodyLength) {}

    static int padded(final int length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }

    static void writePadded(final OutputStream stream, final byte[] bytes, final int length) throws IOException {
        stream.write(bytes, 0, length);
        stream.write(PADDING, 0, padded(length) - length);
    }

    /** Returns the message of a schema, with its prefix. */
    static byte[] schema(final List<Column> columns) {
        final FlatBufferBuilder builder = new FlatBufferBuilder();
        return message(builder, MessageHeader.Schema, schema(builder, columns), 0);
    }

    private static int schema(final FlatBufferBuilder builder, final List<Column> columns) {
        final int[] fields =
                columns.stream().mapToInt(column -> field(builder, column)).toArray();
        return Schema.createSchema(builder, Endianness.Little, Schema.createFieldsVector(builder, fields), 0, 0);
    }

    private static int field(final FlatBufferBuilder builder, final Column column) {
        final int name = builder.createString(column.name());
        final int children = Field.createChildrenVector(builder, new int[0]);
        final int type = type(builder, column.type());
        Field.startField(builder);
        Field.addName(builder, name);
        Field.addNullable(builder, true);
        Field.addTypeType(builder, typeCode(column.type()));
        Field.addType(builder, type);
        Field.addChildren(builder, children);
        return Field.endField(builder);
    }

    private static int type(final FlatBufferBuilder builder, final ColumnType type) {
        return switch (type) {
            case TEXT -> {
                Utf8.startUtf8(builder);
                yield Utf8.endUtf8(builder);
            }
            case INT -> Int.createInt(builder, Integer.SIZE, true);
            case LONG -> Int.createInt(builder, Long.SIZE, true);
            case DECIMAL ->
                Decimal.createDecimal(builder, Column.DECIMAL_PRECISION, Column.DECIMAL_SCALE, DECIMAL_BITS);
            case INSTANT -> Timestamp.createTimestamp(builder, TimeUnit.NANOSECOND, builder.createString("UTC"));
            case DOUBLE -> FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE);
        };
    }

    private static byte typeCode(final ColumnType type) {
        return switch (type) {
            case TEXT -> Type.Utf8;
            case INT, LONG -> Type.Int;
            case DECIMAL -> Type.Decimal;
            case INSTANT -> Type.Timestamp;
            case DOUBLE -> Type.FloatingPoint;
        };
    }

    /** Returns the message of a batch, with its prefix. The buffers follow it. */
    static byte[] batch(final List<ColumnBuffer> columns, final int rows, final long bodyLength) {
        final FlatBufferBuilder builder = new FlatBufferBuilder();
        final int[] lengths = columns.stream()
                .flatMapToInt(column -> Arrays.stream(column.lengths()))
                .toArray();
        RecordBatch.startBuffersVector(builder, lengths.length);
        long end = bodyLength;
        for (int i = lengths.length - 1; i >= 0; i--) {
            end -= padded(lengths[i]);
            Buffer.createBuffer(builder, end, lengths[i]);
        }
        final int buffers = builder.endVector();
        RecordBatch.startNodesVector(builder, columns.size());
        for (int i = columns.size() - 1; i >= 0; i--) {
            FieldNode.createFieldNode(builder, rows, columns.get(i).nullCount());
        }
        final int nodes = builder.endVector();
        RecordBatch.startRecordBatch(builder);
        RecordBatch.addLength(builder, rows);
        RecordBatch.addNodes(builder, nodes);
        RecordBatch.addBuffers(builder, buffers);
        return message(builder, MessageHeader.RecordBatch, RecordBatch.endRecordBatch(builder), bodyLength);
    }

    private static byte[] message(
            final FlatBufferBuilder builder, final byte type, final int header, final long bodyLength) {
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, header, bodyLength, 0));
        final byte[] metadata = builder.sizedByteArray();
        final int length = padded(metadata.length);
        return ByteBuffer.allocate(PREFIX_LENGTH + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(CONTINUATION)
                .putInt(length)
                .put(metadata)
                .array();
    }

    /** Returns the footer of a file. */
    static byte[] footer(final List<Column> columns, final List<Place> batches) {
        final FlatBufferBuilder builder = new FlatBufferBuilder();
        final int schema = schema(builder, columns);
        Footer.startDictionariesVector(builder, 0);
        final int dictionaries = builder.endVector();
        Footer.startRecordBatchesVector(builder, batches.size());
        for (int i = batches.size() - 1; i >= 0; i--) {
            final Place place = batches.get(i);
            Block.createBlock(builder, place.offset(), place.metadataLength(), place.bodyLength());
        }
        final int blocks = builder.endVector();
        builder.finish(Footer.createFooter(builder, MetadataVersion.V5, schema, dictionaries, blocks, 0));
        return builder.sizedByteArray();
    }
}
