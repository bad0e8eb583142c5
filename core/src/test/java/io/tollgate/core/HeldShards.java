package io.tollgate.core;

import io.tollgate.api.StepSeries;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/** A {@link HeldEngine} whose only store is named by an index. */
final class HeldShards extends HeldEngine {
    HeldShards(final EngineContext context) {
        super(context);
    }

    StepSeries levelOn(final int index) {
        return level();
    }

    ShardWorker worker(final int index) {
        return worker();
    }

    ManyToOneRingBuffer ring(final int index) {
        return ring();
    }
}
