package io.tollgate.core.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/**
 * Allocates disk space for an existing file before it is written through a mapping. A copied file may be sparse: it has
 * holes in place of zeros.
 */
public final class HoleFiller {
    private static final int PIECE_LENGTH = 1 << 18;

    /** Writing from a multiple of this allocates the whole file system block of a position, including holes. */
    private static final int BLOCK_LENGTH = 1 << 14;

    /** File systems make no hole shorter than this, and all holes begin at multiples of it. */
    private static final int SECTOR_LENGTH = 1 << 9;

    private HoleFiller() {}

    /**
     * Rewrites the existing bytes of every piece that may have a hole. A process stopped meanwhile changes no bytes.
     * The file is not forced.
     *
     * @param file to allocate.
     * @param from the first byte to allocate.
     * @throws IOException if the disk refuses or is full.
     */
    public static void give(final DataFile file, final long from) throws IOException {
        final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_LENGTH);
        try {
            for (long position = from - from % BLOCK_LENGTH; readPiece(file, piece, position); ) {
                final int length = piece.remaining();
                if (hasZeroSector(piece)) {
                    file.writeAll(piece, position);
                }
                position += length;
            }
        } finally {
            BufferUtil.free(piece);
        }
    }

    private static boolean readPiece(final DataFile file, final ByteBuffer piece, final long position)
            throws IOException {
        piece.clear();
        while (piece.hasRemaining() && file.read(piece, position + piece.position()) > 0) {
            // A read may return fewer bytes than requested.
        }
        return piece.flip().hasRemaining();
    }

    private static boolean hasZeroSector(final ByteBuffer piece) {
        for (int sector = 0; sector < piece.limit(); sector += SECTOR_LENGTH) {
            if (isZero(piece, sector, Math.min(sector + SECTOR_LENGTH, piece.limit()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(final ByteBuffer piece, final int from, final int to) {
        for (int offset = from; offset < to; offset++) {
            if (piece.get(offset) != 0) {
                return false;
            }
        }
        return true;
    }
}
