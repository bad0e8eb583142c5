package io.tollgate.core;

import io.tollgate.api.ClockMode;
import io.tollgate.core.operation.ClockOperation;
import io.tollgate.core.store.StoreDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What moves the clock of a directory that is recovered: what the logs of its shards say last, or stores of theirs that
 * are whole, where the record is gone that says so. It is the same for all shards; one that has lost nothing behind
 * what it says knows better than one that has.
 */
final class RecoveredClockMode {
    private int code = ClockOperation.SAME_MODE;
    private boolean isSure;

    /** Learns what a shard says of it. */
    void learn(final ShardCheck check, final LogContents contents, final List<Loss> losses) {
        final Optional<Path> store = check.wholeStore();
        final int closed = store.map(path -> StoreDirectory.clockModeCode(path).orElse(ClockOperation.SAME_MODE))
                .orElse(ClockOperation.SAME_MODE);
        final long closedAt =
                store.map(path -> StoreDirectory.cleanSequence(path).orElse(0)).orElse(0L);
        if (closed != ClockOperation.SAME_MODE && closedAt >= contents.modeSequence()) {
            learn(closed, closedAt, losses);
        } else if (contents.modeCode() != ClockOperation.SAME_MODE) {
            learn(contents.modeCode(), contents.modeSequence(), losses);
        }
    }

    private void learn(final int said, final long sequence, final List<Loss> losses) {
        final boolean isCertain = losses.stream().allMatch(loss -> loss.isCovered() || loss.lastSequence() <= sequence);
        if (isCertain || !isSure) {
            code = said;
            isSure = isCertain;
        }
    }

    /** Knowledge times, where all that says it is lost: they never move the clock too far. */
    ClockMode mode() {
        return code == ClockOperation.SAME_MODE ? ClockMode.KNOWLEDGE : ClockMode.of(code);
    }
}
