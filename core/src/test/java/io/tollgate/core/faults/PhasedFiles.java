package io.tollgate.core.faults;

import io.tollgate.core.faults.WriterPhases.Phase;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * Reports the phases of a segment change and of an automatic checkpoint from file calls. Calls of the clock show the
 * phase of a duty cycle.
 */
public final class PhasedFiles extends HookedFiles {
    private static final Pattern COPY = Pattern.compile("checkpoint-[0-9]+\\.new");

    private final WriterPhases phases;
    private final Thread launching = Thread.currentThread();
    private final Set<Thread> changing = ConcurrentHashMap.newKeySet();
    private final Set<Thread> copying = ConcurrentHashMap.newKeySet();
    private volatile boolean isOpen;

    /** The thread that launches the engine calls the constructor. */
    public PhasedFiles(final WriterPhases phases) {
        this.phases = phases;
    }

    /** From now on, created and deleted segments replace others. */
    public void opened() {
        isOpen = true;
    }

    @Override
    public void before(final Call call, final Path file) {
        final boolean isOfMaintenance = isOpen && Thread.currentThread() != launching;
        final String name = file.getFileName().toString();
        if (isOfMaintenance && COPY.matcher(file.toString()).find() && copying.add(Thread.currentThread())) {
            phases.begin(Phase.AUTOMATIC_CHECKPOINT);
        }
        if (isOfMaintenance && (call == Call.CREATE && name.endsWith(".tmp") || isLeft(call, name))) {
            phases.begin(Phase.SEGMENT_CHANGE);
            changing.add(Thread.currentThread());
        }
        for (final Phase phase : Phase.values()) {
            phases.call(phase);
        }
    }

    @Override
    public void after(final Call call, final Path file, final Path target) {
        final String name = file.getFileName().toString();
        final boolean isDone = call == Call.FORCE_DIRECTORY || isLeft(call, name);
        if (isDone && changing.remove(Thread.currentThread())) {
            phases.end(Phase.SEGMENT_CHANGE);
        }
        if (call == Call.RENAME && COPY.matcher(name).matches() && copying.remove(Thread.currentThread())) {
            phases.end(Phase.AUTOMATIC_CHECKPOINT);
        }
    }

    /** Returns the time of the system. An agent calls this method in each duty cycle. */
    public long nanoTime() {
        final boolean isInDutyCycle = isOpen && Thread.currentThread() != launching;
        if (isInDutyCycle) {
            phases.begin(Phase.DUTY_CYCLE);
        }
        final long now = SystemEpochNanoClock.INSTANCE.nanoTime();
        if (isInDutyCycle) {
            phases.end(Phase.DUTY_CYCLE);
        }
        return now;
    }

    private static boolean isLeft(final Call call, final String name) {
        return call == Call.FORCE && name.endsWith(".seg");
    }
}
