package dev.jzoo.inference.pictures;

import dev.jzoo.zoo.error.DataFormatException;
import dev.jzoo.zoo.error.JZooException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * An in-memory input for a decoder that aborts the decoding when its thread is interrupted or it takes too long. It checks
 * both whenever the decoder requests bytes or reports progress.
 */
final class DecodingWatch extends ImageInputStreamImpl implements IIOReadProgressListener, IIOReadWarningListener {

    /** Time limit: about 20 times the time for the largest picture. */
    static final long MAX_SECONDS = 60;

    private static final int AT_A_TIME = 4096;

    private final String name;
    private final byte[] bytes;
    private final long start = System.nanoTime();
    private final long limit;
    private float percent;
    private boolean endsEarly;

    DecodingWatch(String name, byte[] bytes, long seconds) {
        this.name = name;
        this.bytes = bytes;
        this.limit = TimeUnit.SECONDS.toNanos(seconds);
    }

    private boolean isOver() {
        return Thread.currentThread().isInterrupted() || System.nanoTime() - start >= limit;
    }

    /** Fails if the decoding was aborted. The thread stays interrupted. */
    void requireGoingOn() throws DataFormatException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(name);
        }
        if (isOver()) {
            throw DecoderInput.refused(
                    name,
                    "expected a picture that can be decoded in " + TimeUnit.NANOSECONDS.toSeconds(limit)
                            + " seconds, found one that takes longer");
        }
    }

    /** Fails if a JPEG or GIF has less data than pixels. The JDK would fill the rest with grey or the GIF's first colour. */
    void requireAllPixels(ImageReader reader) throws IOException {
        String format = reader.getFormatName();
        if (endsEarly && format.equalsIgnoreCase("jpeg")) {
            throw DecoderInput.cutShort(name, "the data of a scan ends before its pixels");
        }
        if (percent < 99.9 && format.equalsIgnoreCase("gif")) {
            throw DecoderInput.cutShort(name, "its data ends after " + Math.round(percent) + " % of its rows");
        }
    }

    static JZooException interrupted(String name) {
        return new JZooException(JZooException.Code.FAILED, "Interrupted while decoding " + name + ".", "");
    }

    private void check() throws IOException {
        if (isOver()) {
            throw new InterruptedIOException();
        }
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        if (streamPos >= bytes.length) {
            return -1;
        }
        if (streamPos % AT_A_TIME == 0) {
            check();
        }
        return bytes[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        checkClosed();
        check();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= bytes.length) {
            return -1;
        }
        int read = (int) Math.min(Math.min(length, AT_A_TIME), bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, to, offset, read);
        streamPos += read;
        return read;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    @Override
    public void warningOccurred(ImageReader reader, String warning) {
        endsEarly |= warning.contains("premature end");
    }

    @Override
    public void imageProgress(ImageReader reader, float done) {
        percent = done;
        if (isOver()) {
            reader.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader reader, int first) {}

    @Override
    public void sequenceComplete(ImageReader reader) {}

    @Override
    public void imageStarted(ImageReader reader, int index) {}

    @Override
    public void imageComplete(ImageReader reader) {}

    @Override
    public void thumbnailStarted(ImageReader reader, int index, int thumbnail) {}

    @Override
    public void thumbnailProgress(ImageReader reader, float percent) {}

    @Override
    public void thumbnailComplete(ImageReader reader) {}

    @Override
    public void readAborted(ImageReader reader) {}
}
