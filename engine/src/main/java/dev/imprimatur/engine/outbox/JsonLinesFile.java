package dev.imprimatur.engine.outbox;

import dev.imprimatur.engine.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Appends each event to a file, one JSON object per line, at least once: a line may come twice,
/// with the same `event_id`. The line is on the disk before the event is acknowledged.
///
/// The file is opened for each event, so that it may be moved away at any time.
public final class JsonLinesFile implements EventSender {
  /// The name under which its deliveries are kept.
  public static final String NAME = "json-lines";

  private static final String BEGINNING = "{\"event_id\":";

  private final Path file;

  /// @param file made, with its folder, when the first event comes
  public JsonLinesFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void send(OutboxEvent event) throws IOException {
    try {
      Path folder = file.getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      boolean fresh = !Files.exists(file);
      append(line(event));
      if (fresh && folder != null) {
        keepName(folder);
      }
    } catch (FileSystemException e) {
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      throw failed(reason + (e.getFile() == null ? "" : " (" + e.getFile() + ")"), e);
    } catch (OverlappingFileLockException e) {
      throw failed("it is being written by another part of this process", e);
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()), e);
    }
  }

  private IOException failed(String why, Exception e) {
    return new IOException(
        "outbox.jsonl-file " + file + ": " + why + "; mend it, then replay the event", e);
  }

  private static byte[] line(OutboxEvent event) {
    var json =
        Json.object()
            .put("event_id", event.id().toString())
            .put("type", event.type())
            .put("aggregate_type", event.aggregateType())
            .put("aggregate_id", event.aggregateId())
            .put("key", event.key())
            .put("occurred_at", event.occurredAt().toString());
    json.set("payload", event.payload());
    return (Json.write(json) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private void append(byte[] line) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        // Other processes may write the same file.
        FileLock lock = channel.lock()) {
      long end = mend(channel);
      try {
        write(channel, line, end);
        channel.force(true);
      } catch (IOException e) {
        // Half a line would spoil the next one too.
        channel.truncate(end);
        throw e;
      }
    }
  }

  /// Deals with what a death in the middle of a line left: half a line of ours was never
  /// acknowledged and is cut off; anything else is not ours to cut, and gets its end of line.
  ///
  /// @return where the next line begins
  private static long mend(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size == 0 || at(channel, size - 1) == '\n') {
      return size;
    }
    long start = size;
    while (start > 0 && at(channel, start - 1) != '\n') {
      start--;
    }
    byte[] tail = new byte[(int) Math.min(BEGINNING.length(), size - start)];
    channel.read(ByteBuffer.wrap(tail), start);
    if (BEGINNING.startsWith(new String(tail, StandardCharsets.UTF_8))) {
      channel.truncate(start);
      return start;
    }
    write(channel, new byte[] {'\n'}, size);
    return size + 1;
  }

  private static int at(FileChannel channel, long position) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, position);
    return one.get(0);
  }

  private static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long at = position;
    while (buffer.hasRemaining()) {
      at += channel.write(buffer, at);
    }
  }

  /// A new file's name is kept by its folder, which is forced to the disk too where the system lets
  /// a folder be opened.
  private static void keepName(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders, and needs it not.
    }
  }
}
