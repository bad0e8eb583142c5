package io.tollgate.core.panel;

import io.tollgate.api.group.MissingPolicy;
import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.panel.Stack;
import io.tollgate.api.series.Decimals;
import io.tollgate.api.series.Instants;
import io.tollgate.api.series.Status;
import io.tollgate.core.number.StackTerms;
import io.tollgate.core.read.LevelCursor;
import io.tollgate.core.read.LevelReader;
import io.tollgate.core.read.LevelSet;
import io.tollgate.core.read.LevelSource;
import java.util.Arrays;
import java.util.List;

/** Computes the term of each layer of a stack in turn, from their series. Used by one thread. */
final class StackScan implements LevelReader.Attempt {
    private final LevelSet levels;
    private final LevelCursor cursor;
    private final LayerPlan[][] compositions;
    private final int selector;
    private final boolean isZero;
    private final StackTerms terms;
    private final int[] largest;
    private long entryNs;
    private long loadedNs;
    private long nextChangeAtNs;
    private int composition;
    private boolean isMissing;
    private boolean isUndefined;
    private boolean isIntact;

    StackScan(final Stack stack, final LevelSource source, final LevelCursor cursor) {
        this.cursor = cursor;
        levels = source.newSet();
        selector = stack.selector().map(levels::add).orElse(LayerPlan.NONE);
        isZero = stack.missing() == MissingPolicy.AS_ZERO;
        final List<Composition> all = stack.compositions();
        compositions = new LayerPlan[all.size()][];
        int count = 0;
        int shareDigits = 0;
        for (int i = 0; i < compositions.length; i++) {
            final List<Layer> layers = all.get(i).layers();
            compositions[i] = new LayerPlan[layers.size()];
            for (int k = 0; k < layers.size(); k++) {
                compositions[i][k] = new LayerPlan(all.get(i), k, levels);
                shareDigits = Math.max(shareDigits, LayerPlan.shareDigits(layers.get(k)));
            }
            count = Math.max(count, layers.size());
        }
        terms = new StackTerms(count, all.get(0).scale(), shareDigits);
        largest = new int[count];
    }

    LevelSet levels() {
        return levels;
    }

    /** Sets the entry of the next read. */
    StackScan of(final long instantOfEntryNs, final long instantOfLoadingNs) {
        entryNs = instantOfEntryNs;
        loadedNs = instantOfLoadingNs;
        return this;
    }

    @Override
    public boolean read() {
        isMissing = false;
        isUndefined = false;
        nextChangeAtNs = LevelCursor.NEVER;
        isIntact = true;
        composition = 0;
        if (selector != LayerPlan.NONE) {
            final long place = level(selector, entryNs);
            isUndefined = place != Decimals.UNKNOWN && (place < 0 || place >= compositions.length);
            composition = isUndefined || place == Decimals.UNKNOWN ? LayerPlan.NONE : (int) place;
        }
        if (composition != LayerPlan.NONE) {
            Arrays.fill(largest, LayerPlan.NONE);
            for (final LayerPlan layer : compositions[composition]) {
                layer.apply(this, entryNs, loadedNs);
            }
        }
        return isIntact;
    }

    /** Returns the level of a series at an instant, UNKNOWN if it is not known. */
    long level(final int place, final long atNs) {
        isIntact &= cursor.open(levels, place, atNs, atNs);
        if (atNs == entryNs) {
            changesAt(cursor.changesAtNs());
        }
        return cursor.value();
    }

    /** Records an instant after the entry at which the rate may change. */
    void changesAt(final long atNs) {
        nextChangeAtNs = Math.min(nextChangeAtNs, atNs);
    }

    StackTerms terms() {
        return terms;
    }

    /** Returns the layer that counts for a group, NONE if there is none yet. */
    int largest(final int group) {
        return largest[group];
    }

    void largest(final int group, final int layer) {
        largest[group] = layer;
    }

    /** Records that the rate of a layer is not known. */
    void missing() {
        isMissing = true;
    }

    /** Returns the level of a rate. An unknown rate counts as 0 and as missing. */
    long knownRate(final long level) {
        if (level == Decimals.UNKNOWN) {
            missing();
            return 0;
        }
        return level;
    }

    /** Records that the level of a share is not between 0 and 1. */
    void undefined() {
        isUndefined = true;
    }

    Status status() {
        if (composition == LayerPlan.NONE && !isUndefined || isMissing && !isZero) {
            return Status.INSUFFICIENT;
        }
        return isUndefined ? Status.UNDEFINED : isMissing ? Status.PARTIAL : Status.OK;
    }

    /** Returns the composition in force, NONE if it is not known. */
    int composition() {
        return composition;
    }

    int layerCount() {
        return composition == LayerPlan.NONE ? 0 : compositions[composition].length;
    }

    long nextChangeAtNs() {
        return nextChangeAtNs == LevelCursor.NEVER ? Instants.NONE : nextChangeAtNs;
    }
}
