package io.tollgate.data.table;

import java.io.IOException;

/** Produces the rows of a table, a few at a time, for programs that ask for them. One thread at a time. */
public interface RowProducer {
    /**
     * Writes the next rows.
     *
     * @param writer receives them.
     * @return false if there are no more; nothing was written then.
     * @throws IOException if they cannot be written.
     */
    boolean produce(RowWriter writer) throws IOException;

    /** Lets the next call come from another thread. */
    void handOver();
}
