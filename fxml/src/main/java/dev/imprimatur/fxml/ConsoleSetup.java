package dev.imprimatur.fxml;

import dev.imprimatur.engine.Engine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/// What the window is opened over.
///
/// @param database its name for people, without a password
/// @param me the id under which decisions of whoever is signed in are recorded
/// @param role as what, in a word or two
/// @param remembered the file in which the window keeps what it remembers
/// @param clock for ages; what is stored is timed by the database
/// @param zone in which times are shown
public record ConsoleSetup(
    Engine engine,
    String database,
    String me,
    String role,
    Path remembered,
    InstantSource clock,
    ZoneId zone) {}
