package dev.imprimatur.app;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The shape of the house, as far as modules can't hold it.
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(
              location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
          .importPackages("dev.imprimatur");

  @Test
  void theEngineKnowsNoDatabaseAndNoScreen() {
    noClasses()
        .that()
        .resideInAPackage("dev.imprimatur.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.sql..",
            "javax.sql..",
            "org.jdbi..",
            "org.h2..",
            "org.postgresql..",
            "org.flywaydb..",
            "javafx..",
            "dev.imprimatur.persistence..",
            "dev.imprimatur.app..")
        .check(ALL);
  }

  @Test
  void persistenceKnowsTheEngineOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.imprimatur.persistence..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.imprimatur.app..", "javafx..")
        .check(ALL);
  }

  @Test
  void theWindowKnowsTheEngineOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.imprimatur.fxml..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.imprimatur.app..", "dev.imprimatur.persistence..", "java.sql..", "org.jdbi..")
        .check(ALL);
  }

  @Test
  void theGatewayKnowsTheEngineOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.imprimatur.gateway..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.imprimatur.app..",
            "dev.imprimatur.persistence..",
            "dev.imprimatur.fxml..",
            "java.sql..",
            "org.jdbi..")
        .check(ALL);
  }

  @Test
  void onlyTheWindowKnowsTheFxThread() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.imprimatur.fxml..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javafx..")
        .check(ALL);
  }

  @Test
  void theAppSpeaksNoSql() {
    noClasses()
        .that()
        .resideInAPackage("dev.imprimatur.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..")
        .check(ALL);
  }

  /// The ports in `store` name the values they store, and everything that works stands on the
  /// ports: that one direction is left out.
  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("dev.imprimatur.engine.(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(resideInAPackage("dev.imprimatur.engine.store"), alwaysTrue())
        .check(ALL);
    slices().matching("dev.imprimatur.persistence.(*)..").should().beFreeOfCycles().check(ALL);
    slices().matching("dev.imprimatur.fxml.(*)..").should().beFreeOfCycles().check(ALL);
    slices().matching("dev.imprimatur.app.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void timesAreTheDatabases() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.imprimatur.engine..",
            "dev.imprimatur.persistence..",
            "dev.imprimatur.gateway..",
            "dev.imprimatur.fxml..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(ALL);
  }

  @Test
  void workflowsNameNoParticularProvider() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.imprimatur.engine.review..", "dev.imprimatur.engine.queue..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.imprimatur.engine.provider.local..", "dev.imprimatur.engine.provider.remote..")
        .check(ALL);
  }

  /// Whoever brings evidence or puts candidates forward stands outside: boards know what is stored,
  /// and an interface.
  @Test
  void boardsKnowNoSourceOfEvidenceAndNoModel() {
    noClasses()
        .that()
        .resideInAPackage("dev.imprimatur.engine.board..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.imprimatur.engine.evidence..",
            "dev.imprimatur.engine.importing..",
            "dev.imprimatur.engine.provider..",
            "de.siegmar..",
            "org.jsoup..",
            "java.net.http..",
            "java.nio.file..",
            "com.openai..",
            "com.anthropic..",
            "dev.langchain4j..",
            "com.google.genai..",
            "software.amazon..")
        .check(ALL);
  }
}
