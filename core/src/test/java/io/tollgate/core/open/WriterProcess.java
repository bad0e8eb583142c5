package io.tollgate.core.open;

import io.tollgate.api.Engine;
import io.tollgate.api.admin.ClockMode;
import io.tollgate.api.admin.Durability;
import io.tollgate.core.EngineContext;
import io.tollgate.core.InjectedFiles;
import io.tollgate.core.KeptRegistrations;
import io.tollgate.core.KeptRegistrations.Turn;
import io.tollgate.core.TollgateEngine;
import io.tollgate.core.config.CheckpointPolicy;
import io.tollgate.core.faults.PhasedFiles;
import io.tollgate.core.faults.WriterPhases;
import io.tollgate.core.faults.WriterPhases.Phase;
import io.tollgate.core.file.FileTree;
import io.tollgate.core.file.SystemFileAccess;
import io.tollgate.core.fixture.Acknowledged;
import io.tollgate.core.fixture.Lanes;
import io.tollgate.core.fixture.Lives;
import io.tollgate.core.manifest.CountersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes from the state of a directory on, and prints acknowledgements until the kill. It fails if fewer operations
 * exist than were acknowledged, because between two kills no other process may check.
 */
final class WriterProcess {
    /** The exit code after a failure, because the threads of an engine would keep the process alive. */
    static final int FAILED = 3;

    private static final int LANES = KilledWriterTest.LANES;
    private static final int OPERATIONS_OF_CHECKPOINT = 128;
    private static final int OPERATIONS_BEFORE_CHECKPOINT = 16;
    private static final int OPERATIONS_BEFORE_BACKUP = 16;
    private static final int OPERATIONS_BEFORE_CLOSE = 12;
    private static final int OPERATIONS_OF_FORCE = 16;
    private static final int OPERATIONS_OF_TURN = 32;

    private final Engine engine;
    private final Path backup;
    private final WriterPhases phases;
    private final boolean isFull;
    private final KeptRegistrations kept;
    private Acknowledged acknowledged;

    private WriterProcess(final Engine engine, final Path backup, final WriterPhases phases, final boolean isFull) {
        this.engine = engine;
        this.backup = backup;
        this.phases = phases;
        this.isFull = isFull;
        kept = new KeptRegistrations(engine);
    }

    /**
     * Writes to a directory. The arguments are the directory, a flag for automatic checkpoints, the file of phases, the
     * durability and the earlier acknowledgements. The last argument, if given, is the clock of a full engine.
     */
    public static void main(final String[] arguments) throws IOException {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            error.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        });
        final Path directory = Path.of(arguments[0]);
        final boolean isFull = arguments.length > 5;
        final CheckpointPolicy policy = Boolean.parseBoolean(arguments[1])
                ? CheckpointPolicy.ON_REQUEST.everyOperations(300).deletingOldLog()
                : CheckpointPolicy.ON_REQUEST;
        final WriterPhases phases = WriterPhases.open(Path.of(arguments[2]));
        final PhasedFiles files = new PhasedFiles(phases);
        // An opening makes the counters last.
        final Phase opening = Files.exists(directory.resolve(CountersFile.FILE_NAME)) ? Phase.RECOVERING : Phase.MAKING;
        phases.begin(opening);
        final EngineContext context = InjectedFiles.inject(
                Lanes.context()
                        .directory(directory)
                        .checkpoints(policy)
                        .durability(Durability.parse(arguments[3]))
                        .clock(files::nanoTime),
                files);
        final Engine engine =
                TollgateEngine.launch(isFull ? context.clockMode(ClockMode.valueOf(arguments[5])) : context);
        phases.end(opening);
        files.opened();
        final Path backup = KilledWriterTest.backupOf(directory);
        new WriterProcess(engine, backup, phases, isFull).write(Acknowledged.parse(arguments[4]));
        phases.begin(Phase.CLOSING);
        engine.close();
        phases.end(Phase.CLOSING);
        WriterPhases.stay();
    }

    /** Returns only if the kill is to come afterwards. */
    private void write(final Acknowledged before) throws IOException {
        final Lanes lanes = new Lanes(engine, LANES);
        final long[] next = new long[LANES];
        long first = Long.MAX_VALUE;
        for (int lane = 0; lane < LANES; lane++) {
            next[lane] = Lanes.numberIn(engine, lane);
            first = Math.min(first, next[lane]);
        }
        final Lives lives = new Lives(engine);
        final long livedBefore = Lives.numberIn(engine);
        final long offset = livedBefore - first;
        register(before, first, livedBefore);
        if (engine.series().find("lane.0").isPresent()) {
            // A turn follows levels. Lane 0 has none, and a process may have been killed before it defined lane 1.
            lanes.defineAll();
        }
        final int pause = phases.isWanted(Phase.CHECKPOINT) ? OPERATIONS_BEFORE_CHECKPOINT : OPERATIONS_OF_CHECKPOINT;
        final long end = phases.isWanted(Phase.CLOSING) ? first + OPERATIONS_BEFORE_CLOSE : Long.MAX_VALUE;
        for (long number = first; number < end; number++) {
            if (isFull && (number == first || number % OPERATIONS_OF_TURN == 0)) {
                change(number + 1);
            }
            final Phase phase = Lanes.isRevision(number) ? Phase.REVISION : Phase.BATCH;
            phases.begin(phase);
            long ticket = 0;
            for (int lane = 0; lane < LANES; lane++) {
                if (number >= next[lane]) {
                    ticket = lanes.offer(lane, number);
                    phases.call(phase);
                }
            }
            final long lived = number + offset;
            final long last = lives.offer(lived);
            phases.call(phase);
            if (number % 4 == 3 && ticket != 0) {
                engine.awaitApplied(last);
                if (number % OPERATIONS_OF_FORCE == OPERATIONS_OF_FORCE - 1) {
                    engine.awaitDurable(last);
                }
                acknowledge(new Acknowledged(number + 1, lived + 1, lived / Lives.LENGTH, acknowledged.turn()));
            }
            phases.end(phase);
            if (number % pause == 0) {
                phases.begin(Phase.CHECKPOINT);
                engine.admin().checkpoint();
                phases.end(Phase.CHECKPOINT);
            }
            if (phases.isWanted(Phase.BACKUP) && number % OPERATIONS_BEFORE_BACKUP == 0) {
                backUp();
            }
        }
    }

    /** Replaces the previous backup. */
    private void backUp() throws IOException {
        FileTree.delete(new SystemFileAccess(), backup);
        phases.begin(Phase.BACKUP);
        engine.admin().backup(backup);
        phases.end(Phase.BACKUP);
    }

    /** The state that an engine finds at its opening counts as acknowledged too. */
    private void register(final Acknowledged before, final long operations, final long lived) {
        acknowledged = new Acknowledged(operations, lived, Lives.endingsIn(engine), before.turn());
        KilledWriterTest.requireAtLeast(before.operations(), operations, "opened again");
        KilledWriterTest.requireAtLeast(before.lived(), lived, "opened again, in series that end");
        KilledWriterTest.requireAtLeast(before.endings(), acknowledged.endings(), "opened again, endings");
        if (isFull) {
            kept.require(before.turn(), "opened again");
            kept.register();
            acknowledge(turned(kept.turn(before.turn())));
        }
    }

    private void change(final long number) {
        phases.begin(Phase.REGISTRATION);
        acknowledge(turned(acknowledged.turn().changing()));
        kept.change(number, () -> phases.call(Phase.REGISTRATION));
        acknowledge(turned(new Turn(number, false)));
        phases.end(Phase.REGISTRATION);
    }

    private Acknowledged turned(final Turn turn) {
        return new Acknowledged(acknowledged.operations(), acknowledged.lived(), acknowledged.endings(), turn);
    }

    private void acknowledge(final Acknowledged more) {
        acknowledged = more;
        System.out.println(acknowledged);
    }
}
