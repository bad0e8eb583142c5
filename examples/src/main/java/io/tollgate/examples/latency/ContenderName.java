package io.tollgate.examples.latency;

import io.tollgate.examples.heap.CarefulHeap;
import io.tollgate.examples.heap.DequeHeap;
import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The contenders, in the order of tables and colours. */
enum ContenderName {
    /** The minimal program: {@link HeapFloor}. */
    FLOOR(load -> new HeapContender(new HeapFloor(load))),
    /** The floor next to a thread that keeps another processor busy, as that of {@link #ENGINE} does. */
    BUSY(BusyContender::new),
    /** Hand-written with great care: {@link CarefulHeap}. */
    CAREFUL(load -> new HeapContender(new CarefulHeap(load))),
    /** Written in an afternoon: {@link DequeHeap}. */
    DEQUES(load -> new HeapContender(new DequeHeap(load))),
    /** The engine, whose points the sending thread applies at once: one thread, as those above. */
    STEPPED(load -> new EngineContender(load, true)),
    /** The engine with its own thread. */
    ENGINE(load -> new EngineContender(load, false)),
    /** The engine, from the offer to the received update. */
    UPDATES(UpdatesContender::new);

    private final Function<Workload, Contender> open;

    ContenderName(final Function<Workload, Contender> open) {
        this.open = open;
    }

    /** Returns the contenders that support a workload, in order. */
    static List<ContenderName> suiting(final Workload workload) {
        return Arrays.stream(values()).filter(name -> name.suits(workload)).toList();
    }

    /** Returns true if the contender supports a workload. Updates are matched to points by rising times. */
    boolean suits(final Workload workload) {
        return this != UPDATES || workload.hasRisingTimes();
    }

    /** Returns true if points go to an engine. */
    boolean isEngine() {
        return this == STEPPED || this == ENGINE || this == UPDATES;
    }

    Contender open(final Workload workload) {
        return open.apply(workload);
    }

    /** Returns the name on the command line and in tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
