package io.tollgate.core.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private static final Error FULL = new OutOfMemoryError("planted");
    private static final Exception REFUSED = new IOException("planted");

    private final List<Integer> closed = new ArrayList<>();

    /** Something that throws when it is closed, unless that is null. */
    private AutoCloseable part(final int number, final Throwable thrown) {
        return () -> {
            closed.add(number);
            if (thrown instanceof final Error error) {
                throw error;
            } else if (thrown instanceof final Exception exception) {
                throw exception;
            }
        };
    }

    private List<AutoCloseable> parts() {
        return Arrays.asList(part(0, null), part(1, FULL), null, part(2, REFUSED), part(3, FULL), part(4, null));
    }

    @Test
    void shouldCloseEachWhateverIsThrownAndThrowWhatWasFirst() {
        for (int i = 0; i < 2; i++) {
            final boolean isList = i == 0;
            final Error error = new OutOfMemoryError("first");
            final List<AutoCloseable> all = new ArrayList<>(List.of(part(-1, error)));
            all.addAll(parts());
            closed.clear();
            final Throwable thrown = assertThrows(OutOfMemoryError.class, () -> {
                if (isList) {
                    Closing.each(all);
                } else {
                    Closing.each(all.toArray(new AutoCloseable[0]));
                }
            });
            assertSame(error, thrown);
            assertEquals(List.of(-1, 0, 1, 2, 3, 4), closed);
            assertArrayEquals(new Throwable[] {FULL, REFUSED, FULL}, thrown.getSuppressed());
        }
    }

    @Test
    void shouldThrowNothingWhereNothingIsThrown() {
        assertDoesNotThrow(() -> Closing.each(part(0, null), part(1, null)));
        assertDoesNotThrow(() -> Closing.each(List.of(part(2, null))));
        assertEquals(List.of(0, 1, 2), closed);
    }

    @Test
    void shouldThrowTheSameOnceOnly() {
        final Error error = new OutOfMemoryError("same");
        assertSame(error, assertThrows(Error.class, () -> Closing.each(part(0, error), part(1, error))));
        assertEquals(List.of(0, 1), closed);
        assertEquals(0, error.getSuppressed().length);
    }

    @Test
    void shouldTellTheCauseOfAllThatIsThrown() {
        for (int i = 0; i < 2; i++) {
            final IllegalStateException cause = new IllegalStateException("cause");
            closed.clear();
            if (i == 0) {
                Closing.after(cause, parts());
            } else {
                Closing.after(cause, parts().toArray(new AutoCloseable[0]));
            }
            assertEquals(List.of(0, 1, 2, 3, 4), closed);
            assertArrayEquals(new Throwable[] {FULL, REFUSED, FULL}, cause.getSuppressed());
        }
    }

    @Test
    void shouldGiveWhatWasThrownFirst() {
        assertNull(Closing.both(null, null));
        assertSame(FULL, Closing.both(null, FULL));
        final Exception first = new IOException("first");
        assertSame(first, Closing.both(first, null));
        assertSame(first, Closing.both(first, first));
        assertSame(first, Closing.both(first, FULL));
        assertArrayEquals(new Throwable[] {FULL}, first.getSuppressed());
        assertDoesNotThrow(() -> Closing.rethrow(null));
        assertSame(first, assertThrows(IOException.class, () -> Closing.rethrow(first)));
    }
}
