package io.tollgate.core.group;

import java.util.List;

/**
 * Which members a {@link MemberTable} has found: so many, so many left out, and the sum of a hash of 64 bits of each.
 * Two rosters of one group that agree in these have the same members, perhaps in another order; that they do so by
 * chance takes 2^64 tries. Immutable; any thread.
 *
 * @param size         number of members.
 * @param leftOutCount see {@link MemberTable#leftOutCount()}.
 * @param fingerprint  sum of the hashes of the members.
 * @param nodes        names of the nodes that have a member, by index.
 */
public record MemberFingerprint(int size, int leftOutCount, long fingerprint, List<String> nodes) {
    /** Of no member. */
    static final MemberFingerprint NONE = new MemberFingerprint(-1, 0, 0, List.of());

    /** The finaliser of SplitMix64, of which the hash of a member is made. */
    static long mixed(final long seriesNumber) {
        long hash = seriesNumber + 0x9E3779B97F4A7C15L;
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }

    /** Whether a roster has found the same. */
    public boolean isOf(final MemberTable roster) {
        return size == roster.standingCount()
                && leftOutCount == roster.leftOutCount()
                && fingerprint == roster.fingerprint();
    }
}
