using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Payloads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ingest_payloads",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    integration = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    received_at = table.Column<long>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    refused = table.Column<bool>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    title = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    faults = table.Column<string>(type: "TEXT", nullable: false),
                    size = table.Column<long>(type: "INTEGER", nullable: true),
                    content_type = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    agent = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    body_cut = table.Column<bool>(type: "INTEGER", nullable: false),
                    alert_count = table.Column<int>(type: "INTEGER", nullable: false),
                    alerts = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ingest_payloads", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "triage_outcomes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    alert = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    outcome = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    incident = table.Column<long>(type: "INTEGER", nullable: true),
                    rule = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_triage_outcomes", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ingest_payloads_integration_received_at",
                table: "ingest_payloads",
                columns: new[] { "integration", "received_at" });

            migrationBuilder.CreateIndex(
                name: "IX_ingest_payloads_received_at",
                table: "ingest_payloads",
                column: "received_at");

            migrationBuilder.CreateIndex(
                name: "IX_triage_outcomes_alert",
                table: "triage_outcomes",
                column: "alert");

            migrationBuilder.CreateIndex(
                name: "IX_triage_outcomes_at",
                table: "triage_outcomes",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ingest_payloads");

            migrationBuilder.DropTable(
                name: "triage_outcomes");
        }
    }
}
