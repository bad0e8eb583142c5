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
        int said = contents.modeCode();
        long knownTo = contents.modeSequence();
        final Optional<Path> store = check.wholeStore();
        final long storeTo = store.map(StoreDirectory::cleanSequence)
                .flatMap(sequence -> sequence.isPresent() ? Optional.of(sequence.getAsLong()) : Optional.empty())
                .orElse(0L);
        if (store.isPresent() && storeTo >= knownTo) {
            final int closed = StoreDirectory.clockModeCode(store.get()).orElse(ClockOperation.SAME_MODE);
            said = closed == ClockOperation.SAME_MODE ? said : closed;
            knownTo = storeTo;
        }
        final long to = knownTo;
        final boolean isCertain = losses.stream().allMatch(loss -> loss.isCovered() || loss.lastSequence() <= to);
        if (said != ClockOperation.SAME_MODE && (isCertain || !isSure)) {
            code = said;
            isSure = isCertain;
        }
    }

    /** A log of an earlier version does not say what moved its clock: knowledge times never move it too far. */
    ClockMode mode() {
        return code == ClockOperation.SAME_MODE ? ClockMode.KNOWLEDGE : ClockMode.of(code);
    }
}
