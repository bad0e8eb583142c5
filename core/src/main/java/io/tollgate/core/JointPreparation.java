package io.tollgate.core;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Lets a command that is to be run on several shards wait until it is prepared on all of them; where it cannot be
 * prepared on one, it is run on none. Shards go on with points meanwhile.
 */
final class JointPreparation {
    private final CommandStart start = new CommandStart();
    private final AtomicInteger missing;
    private volatile RuntimeException failure;

    JointPreparation(final int shardCount) {
        missing = new AtomicInteger(shardCount);
    }

    /** Of the commands of all shards: where one is refused or taken back, none is run. */
    CommandStart start() {
        return start;
    }

    /** What one shard does before: its own part, then it waits for the others. */
    Part with(final BooleanSupplier own) {
        return new Part(own);
    }

    /** The part of one shard; on its thread. */
    final class Part implements BooleanSupplier {
        private final BooleanSupplier own;
        private boolean isReady;

        Part(final BooleanSupplier own) {
            this.own = own;
        }

        @Override
        public boolean getAsBoolean() {
            if (!isReady) {
                isReady = prepare();
            }
            if (missing.get() > 0) {
                return false;
            }
            if (failure != null) {
                throw failure;
            }
            return true;
        }

        /** Whether only other shards have something to do before. */
        boolean isWaiting() {
            return isReady && missing.get() > 0;
        }

        private boolean prepare() {
            try {
                if (!own.getAsBoolean()) {
                    return false;
                }
            } catch (final RuntimeException e) {
                failure = e;
            }
            missing.decrementAndGet();
            return true;
        }
    }
}
