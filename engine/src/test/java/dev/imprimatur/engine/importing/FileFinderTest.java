package dev.imprimatur.engine.importing;

import static dev.imprimatur.engine.importing.Imports.failure;
import static dev.imprimatur.engine.importing.Imports.read;
import static dev.imprimatur.engine.importing.Imports.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFinderTest {
  @TempDir Path folder;

  private List<String> names(Path... paths) {
    return read(paths).stream()
        .map(item -> folder.relativize(Path.of(item.path())).toString().replace('\\', '/'))
        .toList();
  }

  @Test
  void readsAFolderRecursivelyByName() {
    write(folder, "b.md", "b");
    write(folder, "a/z.txt", "z");
    write(folder, "a/c.html", "<p>c</p>");
    write(folder, "c.markdown", "c");

    assertThat(names(folder)).containsExactly("a/c.html", "a/z.txt", "b.md", "c.markdown");
  }

  @Test
  void passesOverHiddenUnknownAndReadmeFilesInAFolder() {
    write(folder, "a.md", "a");
    write(folder, ".draft.md", "hidden");
    write(folder, ".git/b.md", "hidden");
    write(folder, "picture.png", "unknown");
    write(folder, "sitemap.xml", "<urlset/>");
    write(folder, "README.md", "about the folder");
    write(folder, "sub/Readme.md", "about the folder");

    assertThat(names(folder)).containsExactly("a.md");
  }

  @Test
  void readsAReadmeThatIsNamed() {
    assertThat(names(write(folder, "README.md", "about"))).containsExactly("README.md");
  }

  @Test
  void takesNamedPathsInTheOrderGivenAndEachOnce() {
    Path b = write(folder, "b.md", "b");
    Path a = write(folder, "a.md", "a");

    assertThat(names(b, a, b, folder)).containsExactly("b.md", "a.md");
  }

  @Test
  void endsAtSymbolicLinkLoops() throws IOException {
    write(folder, "sub/a.md", "a");
    Files.createSymbolicLink(folder.resolve("sub/up"), folder);
    Files.createSymbolicLink(folder.resolve("sub/same.md"), folder.resolve("sub/a.md"));

    assertThat(names(folder)).containsExactly("sub/a.md");
  }

  @Test
  void saysThatAPathIsMissing() {
    assertThat(failure(folder.resolve("nowhere.md"), "missing").message())
        .contains("does not exist");
  }

  @Test
  void saysThatALinkLeadsNowhere() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.md"), folder.resolve("gone.md"));

    assertThat(failure(link, "missing").message()).contains("link");
  }

  @Test
  void saysThatAFolderHasNothingToImport() {
    write(folder, "picture.png", "unknown");

    failure(folder, "empty-folder");
  }

  @Test
  void saysThatAFileMayNotBeRead() {
    Path file = write(folder, "a.md", "a");
    assumeFalse(file.toFile().setReadable(false) && Files.isReadable(file), "root reads all");

    failure(file, "unreadable");
  }

  @Test
  void refusesAnUnknownEndingThatIsNamed() {
    assertThat(failure(write(folder, "data.json", "{\"a\": 1}"), "unsupported").message())
        .contains(".json");
  }

  @Test
  void knowsArticlesUnderUnknownNamesByTheirContent() {
    assertThat(names(write(folder, "a.mdx", "# Title\n\nText."))).containsExactly("a.mdx");
    assertThat(names(write(folder, "b.php", "<!DOCTYPE html><p>Text"))).containsExactly("b.php");
    assertThat(names(write(folder, "NOTES", "Just words."))).containsExactly("NOTES");
  }

  @Test
  void refusesXmlThatIsNoFeedWhenItIsNamed() {
    failure(write(folder, "pom.xml", "<project/>"), "unsupported");
  }

  @Test
  void readsAPageWithAnXmlEnding() {
    assertThat(
            names(
                write(
                    folder,
                    "a.xml",
                    "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Text</p></body></html>")))
        .containsExactly("a.xml");
  }

  @Test
  void goesOnAfterFailures() {
    write(folder, "a.md", "");
    write(folder, "b.md", new byte[] {1, 0, 2});
    write(folder, "c.md", "good");

    assertThat(read(folder)).hasSize(3).last().isInstanceOf(ImportItem.Read.class);
  }

  @Test
  void refusesASecondArticleWithTheSameIdentity() {
    write(folder, "a.md", "---\nid: one\n---\nfirst");
    write(folder, "b.md", "---\nid: one\n---\nsecond");

    List<ImportItem> items = read(folder);

    assertThat(items.getFirst()).isInstanceOf(ImportItem.Read.class);
    ImportItem.Failed failed = failure(items.subList(1, 2), "duplicate");
    assertThat(failed.message()).contains("a.md").contains("id:one");
  }

  @Test
  void keepsTheSourceKeyWhereverThePathIsWrittenFrom() {
    Path file = write(folder, "sub/a.md", "a");

    String plain = Imports.text(file).sourceKey();
    String winding = Imports.text(folder.resolve("sub/../sub/a.md")).sourceKey();

    assertThat(winding).isEqualTo(plain).isEqualTo("file:" + file.toAbsolutePath());
  }

  @Test
  void letsTheReceiverStopTheImport() {
    write(folder, "a.md", "a");

    assertThatThrownBy(() ->
            new Importer(ImportLimits.defaults())
                .read(
                    List.of(folder),
                    item -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
  }
}
