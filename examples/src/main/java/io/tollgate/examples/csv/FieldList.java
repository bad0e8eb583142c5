package io.tollgate.examples.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.RecordType;
import java.util.ArrayList;
import java.util.List;

/** Collects the fields of one record. Detects quotes inside an unquoted field, which the parser accepts. */
final class FieldList extends CsvCallbackHandler<List<String>> {
    private final List<String> fields = new ArrayList<>();
    private boolean sound;

    /** Returns true if the last collected record conforms to RFC 4180. */
    boolean isSound() {
        return sound;
    }

    @Override
    protected RecordType getRecordType() {
        return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
        return fields.size();
    }

    @Override
    protected void beginRecord(final long startingLineNumber) {
        fields.clear();
        sound = true;
    }

    @Override
    protected void addField(final char[] buffer, final int offset, final int length, final boolean quoted) {
        final String field = new String(buffer, offset, length);
        sound &= quoted || field.indexOf('"') < 0;
        fields.add(field);
    }

    @Override
    protected void setComment(final char[] buffer, final int offset, final int length) {
        throw new IllegalStateException("comments are left out before");
    }

    @Override
    protected void setEmpty() {
        fields.add("");
    }

    @Override
    protected List<String> buildRecord() {
        return fields;
    }
}
