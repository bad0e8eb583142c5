package io.tollgate.core.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The system's files on a disk with space for so many log segments. Other failures can be injected too. */
public final class FullDisk extends HookedFiles {
    public static final String MESSAGE = "No space left on device";

    private final AtomicInteger segmentsLeft;
    private volatile boolean isErrorThrown;
    private volatile Predicate<Path> failingForces = file -> false;
    private volatile Consumer<Path> forceListener = file -> {};

    public FullDisk(final int segments) {
        segmentsLeft = new AtomicInteger(segments);
    }

    /** Gives the disk space again. */
    public void makeSpace() {
        segmentsLeft.set(Integer.MAX_VALUE);
    }

    /** Makes a full disk and a failed force throw {@link InternalError} instead of {@link IOException}. */
    public void throwErrors() {
        isErrorThrown = true;
    }

    public void failForces(final boolean isFailing) {
        failForces(file -> isFailing);
    }

    /** Makes forces of the matching files fail, and no others. */
    public void failForces(final Predicate<Path> failing) {
        failingForces = failing;
    }

    /** Sets a listener that receives each file just before its force. */
    public void onForce(final Consumer<Path> listener) {
        forceListener = listener;
    }

    @Override
    public void before(final Call call, final Path file) throws IOException {
        // Unfinished files are named .tmp or .new and are always forced.
        final String name = file.getFileName().toString();
        if (call == Call.CREATE && name.startsWith("log-")) {
            takeSpace();
        } else if (call == Call.FORCE && !name.endsWith(".tmp") && !name.endsWith(".new")) {
            forceListener.accept(file);
            if (failingForces.test(file)) {
                fail("Input/output error");
            }
        }
    }

    private void takeSpace() throws IOException {
        if (segmentsLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return;
        }
        fail(MESSAGE);
    }

    private void fail(final String message) throws IOException {
        if (isErrorThrown) {
            throw new InternalError(message);
        }
        throw new IOException(message);
    }
}
