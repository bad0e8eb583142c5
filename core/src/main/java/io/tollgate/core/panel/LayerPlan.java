package io.tollgate.core.panel;

import io.tollgate.api.panel.Composition;
import io.tollgate.api.panel.Layer;
import io.tollgate.api.series.Decimals;
import io.tollgate.core.number.StackTerms;
import io.tollgate.core.read.LevelSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One layer of a composition: the indexes of its series in a set, and its effect on the terms of a stack. Immutable.
 */
final class LayerPlan {
    /** Returned instead of an index if there is none. */
    static final int NONE = -1;

    private final Layer layer;
    private final int index;
    private final int rate;
    private final int share;
    private final int other;
    private final int shareDigits;
    private final Layer.InTransit[] inTransit;
    private final int[] targets;

    /** Adds the series of a layer to a set. */
    LayerPlan(final Composition composition, final int index, final LevelSet levels) {
        this.index = index;
        layer = composition.layers().get(index);
        inTransit = layer.inTransit().toArray(Layer.InTransit[]::new);
        rate = levels.add(layer.rate());
        final boolean isShare = layer instanceof Layer.Share;
        share = isShare ? levels.add(((Layer.Share) layer).share()) : NONE;
        other = isShare ? levels.add(((Layer.Share) layer).other()) : NONE;
        shareDigits = shareDigits(layer);
        targets = targets(composition.layers());
    }

    /** Returns the number of decimals of a layer's share. */
    static int shareDigits(final Layer layer) {
        return layer instanceof Layer.Share share ? share.share().definition().scale() : 0;
    }

    private int[] targets(final List<Layer> layers) {
        if (layer instanceof Layer.Floor floor) {
            return indices(layers, floor.base());
        }
        if (layer instanceof Layer.Max max) {
            return IntStream.range(0, index)
                    .filter(i -> layers.get(i) instanceof Layer.Max earlier
                            && earlier.group().equals(max.group()))
                    .toArray();
        }
        if (layer instanceof Layer.Exempt exempt) {
            return indicesOrAll(layers, exempt.exempted());
        }
        return layer instanceof Layer.Overriding override ? indicesOrAll(layers, override.overridden()) : new int[0];
    }

    private int[] indicesOrAll(final List<Layer> layers, final List<String> names) {
        return names.isEmpty() ? IntStream.range(0, index).toArray() : indices(layers, names);
    }

    private static int[] indices(final List<Layer> layers, final List<String> names) {
        return IntStream.range(0, layers.size())
                .filter(i -> names.contains(layers.get(i).name()))
                .toArray();
    }

    /**
     * Returns the end of the clauses by which the day of loading counts. Returns the instant of entry if none applies.
     */
    private long afloatUntilNs(final long entryNs, final long loadedNs) {
        long untilNs = entryNs;
        for (final Layer.InTransit clause : inTransit) {
            if (clause.holds(entryNs, loadedNs)) {
                untilNs = Math.max(untilNs, clause.enteredBeforeNs());
            }
        }
        return untilNs;
    }

    /** Applies the layer to the terms, after all layers before it. */
    void apply(final StackScan scan, final long entryNs, final long loadedNs) {
        final long untilNs = afloatUntilNs(entryNs, loadedNs);
        final boolean isAfloat = untilNs > entryNs;
        if (isAfloat) {
            scan.changesAt(untilNs);
        }
        final long atNs = isAfloat ? loadedNs : entryNs;
        final long value = scan.level(rate, atNs);
        final StackTerms terms = scan.terms();
        terms.clear(index);
        if (layer instanceof Layer.Exempt) {
            if (value > 0) {
                clearTargets(terms);
            }
        } else if (layer instanceof Layer.Overriding) {
            if (value != Decimals.UNKNOWN) {
                clearTargets(terms);
                terms.set(index, value);
            }
        } else if (layer instanceof Layer.Share) {
            applyShare(scan, scan.knownRate(value), atNs);
        } else {
            terms.set(index, scan.knownRate(value));
            if (layer instanceof Layer.Floor) {
                lower(terms);
            } else if (layer instanceof Layer.Max) {
                keepLargest(scan);
            }
        }
    }

    private void applyShare(final StackScan scan, final long value, final long atNs) {
        final long part = scan.level(share, atNs);
        final long rest = scan.knownRate(scan.level(other, atNs));
        if (part == Decimals.UNKNOWN) {
            scan.missing();
        } else if (!StackTerms.isShare(part, shareDigits)) {
            scan.undefined();
        } else {
            scan.terms().setShare(index, part, shareDigits, value, rest);
        }
    }

    private void lower(final StackTerms terms) {
        for (final int target : targets) {
            terms.subtract(index, target);
        }
        if (terms.isNegative(index)) {
            terms.clear(index);
        }
    }

    /**
     * Keeps only the largest layer of a group, or the first of several equal ones. The first layer of the group
     * identifies it.
     */
    private void keepLargest(final StackScan scan) {
        final StackTerms terms = scan.terms();
        final int group = targets.length == 0 ? index : targets[0];
        final int largest = scan.largest(group);
        if (largest != NONE && !terms.isAbove(index, largest)) {
            terms.clear(index);
            return;
        }
        if (largest != NONE) {
            terms.clear(largest);
        }
        scan.largest(group, index);
    }

    private void clearTargets(final StackTerms terms) {
        for (final int target : targets) {
            terms.clear(target);
        }
    }
}
