package io.tollgate.core.image;

/** Reports that bytes are not an image that an engine has written. */
final class ImageDamage extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ImageDamage(final ImageFrame.Type type, final String found, final String expected) {
        super("image=" + type + ' ' + found + ", expected " + expected + "; the image is damaged: write it again");
    }
}
