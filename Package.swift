// swift-tools-version: 6.2
import PackageDescription

/// libFuzzer's archive, which `scripts/fuzz` names; every other build is without it.
let fuzzer = Context.environment["BUDSTIKKE_FUZZER"]

/// What every target of ours is compiled with: the newest rules, and no warning let by.
///
/// A build for fuzzing counts the edges of our code besides, and lets the targets look within.
let strict: [SwiftSetting] =
    [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ] + (fuzzer == nil ? [] : [.unsafeFlags(["-sanitize=fuzzer", "-enable-testing"])])

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(
    name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

/// A library target; dependencies run one way, downwards through this file.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// A program: `jobs/<name>/Program.swift` and, beside it, the files of its schedule.
func program(_ name: String, _ dependencies: [Target.Dependency], schedule: [String] = [])
    -> Target
{
    .executableTarget(
        name: name, dependencies: dependencies, path: "jobs/\(name)", exclude: schedule,
        swiftSettings: strict)
}

func schedule(of name: String) -> [String] {
    ["\(name).service", "\(name).timer", "\(name).cron"]
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [])
    -> Target
{
    .testTarget(
        name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// The readers of strangers' bytes: in a build for fuzzing the program that throws bytes at them,
/// in every other the test that replays what is kept in `fuzz/seeds` and `fuzz/found`.
func fuzzing(_ dependencies: [Target.Dependency]) -> [Target] {
    let data = ["seeds", "found", "words"]
    guard let fuzzer else {
        return [
            .testTarget(
                name: "FuzzTests", dependencies: dependencies, path: "fuzz",
                exclude: data + ["Program", "LibFuzzer"], swiftSettings: strict)
        ]
    }
    return [
        .systemLibrary(name: "CLibFuzzer", path: "fuzz/LibFuzzer"),
        .executableTarget(
            name: "fuzz", dependencies: dependencies + ["CLibFuzzer"], path: "fuzz",
            exclude: data + ["Replay", "LibFuzzer"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags([fuzzer, "-lstdc++", "-lm"])]),
    ]
}

let package = Package(
    name: "budstikke",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(
            url: "https://github.com/apple/swift-configuration", from: "1.4.0",
            traits: []),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The programs.
        program(
            "generate-invoices", ["UseCases", "Runtime", "Version", argumentParser],
            schedule: schedule(of: "generate-invoices")),
        program(
            "send-dispatches", ["UseCases", "Runtime", "Version", argumentParser],
            schedule: schedule(of: "send-dispatches")),
        program(
            "reconcile-bounces", ["UseCases", "Runtime", "Version", argumentParser],
            schedule: schedule(of: "reconcile-bounces")),
        program(
            "budstikke",
            ["UseCases", "Runtime", "Invoicing", "Version", "Wire", argumentParser]),
        program("draw-logo", ["Documents", "Version"]),
        program("sandbox-provider", ["Sandbox", "Version", argumentParser]),
        library("Sandbox", [hummingbird, crypto, logging]),

        // The use cases, where alone database and network meet.
        library(
            "UseCases",
            [
                "Store", "Schema", "Postgres", "Providers", "Transport", "Documents", "Import",
                "Runtime", "Dispatching", "Bounces", "EHF", "Invoicing", "Wire", crypto, logging,
            ]),

        // The edges.
        library("Store", ["Postgres", "Dispatching", "Bounces", "Invoicing", "Wire"]),
        .target(
            name: "Schema", dependencies: ["Postgres", crypto],
            resources: [.embedInCode("Migrations")], swiftSettings: strict),
        library("Postgres", ["Wire", "CLibPQ"]),
        .systemLibrary(
            name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        library(
            "Providers",
            ["Transport", "Documents", "Dispatching", "Bounces", "Invoicing", "Wire", crypto]),
        library("Transport", ["Wire", "CLibCurl", "CResolv"]),
        // The resolver of the C library, which every system has.
        .systemLibrary(name: "CResolv"),
        .systemLibrary(
            name: "CLibCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        library("Documents", ["PDF", "Dispatching", "Bounces", "Invoicing", "Wire", mustache]),
        library("PDF", ["Wire", "CPangoCairo", "CLibRSVG"]),
        .systemLibrary(
            name: "CPangoCairo", pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(
            name: "CLibRSVG", pkgConfig: "librsvg-2.0",
            providers: [.apt(["librsvg2-dev"])]),
        library("Import", ["Dispatching", "EHF", "Invoicing", "Wire"]),
        library(
            "Runtime",
            ["Dispatching", "Invoicing", "Wire", argumentParser, configuration, logging, yams]),

        // The pure core: values in, values out.
        library("Dispatching", ["Bounces", "Invoicing", "Wire", crypto]),
        library("Bounces", ["Wire", crypto]),
        library("EHF", ["Invoicing", "Wire"]),
        library("Invoicing", ["Wire"]),

        // Below.
        library("Wire"),
        library("Version"),

        .executableTarget(
            name: "benchmark-documents", dependencies: ["Documents", "Invoicing"],
            path: "benchmarks/documents",
            exclude: ["bare.c", "logo.py", "others.py", "requirements.txt", "run", "table.py"],
            swiftSettings: strict),

        .target(
            name: "TestSupport",
            dependencies: [
                "Postgres", "Schema", "Store", "Dispatching", "Bounces", "Invoicing", "Wire",
                "UseCases", "Providers", "Runtime",
            ],
            path: "Tests/TestSupport", swiftSettings: strict),
        tests("WireTests", ["Wire", "TestSupport"]),
        tests("VersionTests", ["Version", "TestSupport"]),
        tests("InvoicingTests", ["EHF", "Invoicing", "Wire", "TestSupport"]),
        tests(
            "EHFTests", ["EHF", "Import", "Bounces", "Invoicing", "Wire", "TestSupport"],
            exclude: ["official"]),
        tests("BouncesTests", ["Bounces", "Wire", "TestSupport"]),
        tests("DispatchingTests", ["Dispatching", "Bounces", "Invoicing", "Wire", "TestSupport"]),
        tests("PostgresTests", ["Postgres", "TestSupport"]),
        tests(
            "StoreTests",
            [
                "Store", "Schema", "Postgres", "Dispatching", "Bounces", "Invoicing", "Wire",
                "TestSupport",
            ]),
        tests("TransportTests", ["Transport", "TestSupport"]),
        tests("SchemaTests", ["Schema", "Postgres", "TestSupport"]),
        tests(
            "ProvidersTests",
            [
                "Providers", "Transport", "Dispatching", "Bounces", "Invoicing", "Wire",
                "TestSupport",
            ]),
        .target(
            name: "PDFTestSupport", path: "Tests/PDFTestSupport", swiftSettings: strict),
        tests("PDFTests", ["PDF", "PDFTestSupport"]),
        tests(
            "DocumentsTests",
            [
                "Documents", "PDF", "PDFTestSupport", "Import", "Dispatching", "Bounces", "EHF",
                "Invoicing", "Wire", "TestSupport",
            ]),
        tests("ImportTests", ["Import", "Invoicing", "Wire", "TestSupport"]),
        tests("RuntimeTests", ["Runtime", "Dispatching", "Wire", argumentParser, logging]),
        tests(
            "SandboxTests", ["Sandbox", "sandbox-provider", "TestSupport"], exclude: ["contract"]),
        tests(
            "UseCasesTests",
            [
                "UseCases", "Providers", "Runtime", "Postgres", "Store", "Schema", "Import",
                "Documents", "Dispatching", "Bounces", "Invoicing", "Wire", "TestSupport",
                argumentParser,
            ]),
        tests("EndToEndTests", ["Postgres", "Bounces", "Invoicing", "TestSupport"]),
        tests("CrashTests", ["Postgres", "Invoicing", "TestSupport"]),
    ]
        + fuzzing([
            "Bounces", "Dispatching", "Documents", "EHF", "Import", "Invoicing", "PDF",
            "Providers", "Runtime", "Transport", "Wire", argumentParser,
        ]),
    swiftLanguageModes: [.v6]
)
