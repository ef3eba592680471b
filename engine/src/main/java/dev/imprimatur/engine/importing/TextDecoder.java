package dev.imprimatur.engine.importing;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns bytes into text, strictly: a byte that does not fit is an error, never a replacement
/// character, because a text that was silently damaged would be scored and approved as if it were
/// the author's.
final class TextDecoder {
  /// HTML looks for its `meta` in the first kilobyte; a little more costs nothing.
  private static final int DECLARATION_WINDOW = 2048;

  private static final Pattern XML_ENCODING =
      Pattern.compile("\\A\\s*<\\?xml[^>]{0,200}?\\bencoding\\s*=\\s*[\"']([\\w.:-]{1,40})[\"']");
  private static final Pattern META_CHARSET =
      Pattern.compile(
          "<meta\\s[^>]{0,300}?\\bcharset\\s*=\\s*[\"']?\\s*([\\w.:-]{1,40})",
          Pattern.CASE_INSENSITIVE);

  private record Signature(String bytes, String what) {}

  private static final List<Signature> SIGNATURES =
      List.of(
          new Signature("%PDF-", "a PDF document"),
          new Signature("\u0089PNG", "a PNG image"),
          new Signature("\u00FF\u00D8\u00FF", "a JPEG image"),
          new Signature("GIF8", "a GIF image"),
          new Signature("PK\u0003\u0004", "a ZIP archive or an office document"),
          new Signature("\u00D0\u00CF\u0011\u00E0", "an old office document"),
          new Signature("\u001F\u008B", "a gzip archive"),
          new Signature("7z\u00BC\u00AF", "a 7z archive"),
          new Signature("\u007FELF", "a program"),
          new Signature("SQLite format 3", "a database"),
          new Signature("{\\rtf", "a rich text (RTF) document"));

  private TextDecoder() {}

  /// @param format decides which declarations inside the text are honoured; a byte order mark
  ///   always is
  static String decode(byte[] bytes, Format format) throws Rejected {
    refuseKnownBinary(bytes);
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      return decode(bytes, 3, StandardCharsets.UTF_8);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return decode(bytes, 2, StandardCharsets.UTF_16BE);
    }
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return decode(bytes, 2, StandardCharsets.UTF_16LE);
    }
    refuseNul(bytes);
    return decode(bytes, 0, declared(bytes, format));
  }

  private static void refuseKnownBinary(byte[] bytes) throws Rejected {
    String start = new String(bytes, 0, Math.min(bytes.length, 16), StandardCharsets.ISO_8859_1);
    for (Signature signature : SIGNATURES) {
      if (start.startsWith(signature.bytes())) {
        throw new Rejected(
            ImportCodes.BINARY,
            "is " + signature.what() + "; export the article as Markdown, HTML or plain text");
      }
    }
  }

  private static void refuseNul(byte[] bytes) throws Rejected {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        throw new Rejected(
            ImportCodes.BINARY,
            "is not text (NUL at byte " + i + "); export the article as Markdown, HTML or text");
      }
    }
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset declared(byte[] bytes, Format format) throws Rejected {
    if (format != Format.HTML && format != Format.FEED) {
      return StandardCharsets.UTF_8;
    }
    String head =
        new String(
            bytes, 0, Math.min(bytes.length, DECLARATION_WINDOW), StandardCharsets.ISO_8859_1);
    Matcher xml = XML_ENCODING.matcher(head);
    if (xml.find()) {
      return charset(xml.group(1));
    }
    Matcher meta = META_CHARSET.matcher(head);
    return format == Format.HTML && meta.find() ? charset(meta.group(1)) : StandardCharsets.UTF_8;
  }

  private static Charset charset(String name) throws Rejected {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith("utf-16") || lower.startsWith("utf-32")) {
      // The declaration was read as ASCII, so it can't be true; HTML says to take UTF-8 then.
      return StandardCharsets.UTF_8;
    }
    if (lower.equals("iso-8859-1") || lower.equals("latin1") || lower.equals("us-ascii")) {
      // What the web means by these names.
      return Charset.forName("windows-1252");
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new Rejected(
          ImportCodes.BAD_ENCODING,
          "says it is in the encoding '" + name + "', which is not known; save it as UTF-8");
    }
  }

  private static String decode(byte[] bytes, int offset, Charset charset) throws Rejected {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
    CharBuffer out =
        CharBuffer.allocate((int) (in.remaining() * (double) decoder.maxCharsPerByte()) + 1);
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isError()) {
      result = decoder.flush(out);
    }
    if (result.isError()) {
      throw new Rejected(
          ImportCodes.BAD_ENCODING,
          "is not valid " + charset.name() + " at byte " + in.position() + "; save it as UTF-8");
    }
    return out.flip().toString();
  }
}
