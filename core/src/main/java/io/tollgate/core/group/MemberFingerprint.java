package io.tollgate.core.group;

import java.util.List;

/**
 * The identity of the members that a {@link MemberTable} has found: their number, the number left out, and the sum of a
 * 64-bit hash of each. Two tables of one group with the same fingerprint have the same members, perhaps in another
 * order; an accidental match takes 2^64 tries. Immutable; any thread.
 *
 * @param size         number of members.
 * @param leftOutCount see {@link MemberTable#leftOutCount()}.
 * @param fingerprint  sum of the hashes of the members.
 * @param nodes        names of the nodes that have a member, by index.
 */
public record MemberFingerprint(int size, int leftOutCount, long fingerprint, List<String> nodes) {
    /** Matches no table. */
    static final MemberFingerprint NONE = new MemberFingerprint(-1, 0, 0, List.of());

    /** The finaliser of SplitMix64, on which the hash of a member is based. */
    static long mixed(final long seriesNumber) {
        long hash = seriesNumber + 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }

    /** Returns true if a table has found the same members. */
    public boolean isOf(final MemberTable roster) {
        return size == roster.standingCount()
                && leftOutCount == roster.leftOutCount()
                && fingerprint == roster.fingerprint();
    }
}
