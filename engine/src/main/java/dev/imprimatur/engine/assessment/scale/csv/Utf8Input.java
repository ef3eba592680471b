package dev.imprimatur.engine.assessment.scale.csv;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/// Lets nothing through but UTF-8 text, and leaves out a byte order mark. A decoder would tell that
/// something is wrong, but not in which line.
final class Utf8Input extends FilterInputStream {
  /// The text is in another encoding.
  static final class NotUtf8 extends IOException {
    private static final long serialVersionUID = 1L;
    private final long line;

    NotUtf8(long line, String message) {
      super(message);
      this.line = line;
    }

    long line() {
      return line;
    }
  }

  private long line = 1;
  private boolean begun;
  private int pending;
  private int least;
  private int most;

  Utf8Input(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (!begun) {
      begun = true;
      return begin(buffer, offset, length);
    }
    int count = super.read(buffer, offset, length);
    if (count < 0 && pending > 0) {
      throw wrong();
    }
    for (int i = 0; i < count; i++) {
      check(buffer[offset + i] & 0xff);
    }
    return count;
  }

  private int begin(byte[] buffer, int offset, int length) throws IOException {
    byte[] mark = in.readNBytes(3);
    if (mark.length >= 2 && (isMark(mark, 0xff, 0xfe) || isMark(mark, 0xfe, 0xff))) {
      throw new NotUtf8(1, "this is UTF-16 text; save it as UTF-8");
    }
    if (mark.length == 3 && isMark(mark, 0xef, 0xbb) && (mark[2] & 0xff) == 0xbf) {
      return read(buffer, offset, length);
    }
    in = new SequenceInputStream(new ByteArrayInputStream(mark), in);
    return read(buffer, offset, length);
  }

  private static boolean isMark(byte[] mark, int first, int second) {
    return (mark[0] & 0xff) == first && (mark[1] & 0xff) == second;
  }

  // The Unicode Standard, table 3-7: well-formed sequences.
  private void check(int b) throws NotUtf8 {
    if (pending > 0) {
      if (b < least || b > most) {
        throw wrong();
      }
      pending--;
      least = 0x80;
      most = 0xbf;
      return;
    }
    if (b == '\n') {
      line++;
    }
    if (b == 0) {
      throw new NotUtf8(line, "there is a zero byte; this is no text file in UTF-8");
    }
    if (b >= 0x80) {
      pending = b < 0xc2 || b > 0xf4 ? 0 : b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
      least = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
      most = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
      if (pending == 0) {
        throw wrong();
      }
    }
  }

  private NotUtf8 wrong() {
    return new NotUtf8(line, "this is not UTF-8 text; save the file as UTF-8");
  }
}
