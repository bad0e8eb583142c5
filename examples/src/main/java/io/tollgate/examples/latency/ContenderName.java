package io.tollgate.examples.latency;

import io.tollgate.examples.heap.CarefulHeap;
import io.tollgate.examples.heap.DequeHeap;
import io.tollgate.examples.heap.HeapFloor;
import io.tollgate.examples.workload.Workload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Who can be measured, in the order of tables and colours. */
enum ContenderName {
    /** The least that any program does: {@link HeapFloor}. */
    FLOOR(load -> new HeapContender(new HeapFloor(load))),
    /** The same beside a thread that only keeps another processor busy, as that of {@link #ENGINE} does. */
    BUSY(BusyContender::new),
    /** By hand and with great care: {@link CarefulHeap}. */
    CAREFUL(load -> new HeapContender(new CarefulHeap(load))),
    /** By hand in an afternoon: {@link DequeHeap}. */
    DEQUES(load -> new HeapContender(new DequeHeap(load))),
    /** The engine, whose points the sending thread applies at once: one thread, as those above. */
    STEPPED(load -> new EngineContender(load, true)),
    /** The engine on a thread of its own. */
    ENGINE(load -> new EngineContender(load, false)),
    /** The engine, from offer to update received. */
    UPDATES(UpdatesContender::new);

    private final Function<Workload, Contender> open;

    ContenderName(final Function<Workload, Contender> open) {
        this.open = open;
    }

    /** Those that a workload can be sent to, in order. */
    static List<ContenderName> suiting(final Workload workload) {
        return Arrays.stream(values()).filter(name -> name.suits(workload)).toList();
    }

    /** Whether it can take the points of a workload: updates are told by rising times. */
    boolean suits(final Workload workload) {
        return this != UPDATES || workload.hasRisingTimes();
    }

    /** Whether points go to an engine. */
    boolean isEngine() {
        return this == STEPPED || this == ENGINE || this == UPDATES;
    }

    Contender open(final Workload workload) {
        return open.apply(workload);
    }

    /** As it is written on the command line and in tables. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
