using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Webhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "paging_webhook_deliveries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    webhook = table.Column<Guid>(type: "TEXT", nullable: false),
                    place = table.Column<long>(type: "INTEGER", nullable: false),
                    @event = table.Column<string>(name: "event", type: "TEXT", maxLength: 60, nullable: false),
                    type = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: true),
                    in_hand = table.Column<bool>(type: "INTEGER", nullable: false),
                    claims = table.Column<int>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    error = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    status = table.Column<int>(type: "INTEGER", nullable: true),
                    answer = table.Column<string>(type: "TEXT", maxLength: 2048, nullable: true),
                    milliseconds = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    tried_at = table.Column<long>(type: "INTEGER", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_webhook_deliveries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "paging_webhook_position",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    xid = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false),
                    next = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_webhook_position", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "paging_webhooks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    url = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    secret = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    previous_secret = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    previous_until = table.Column<long>(type: "INTEGER", nullable: true),
                    events = table.Column<string>(type: "TEXT", nullable: false),
                    teams = table.Column<string>(type: "TEXT", nullable: false),
                    pools = table.Column<string>(type: "TEXT", nullable: false),
                    services = table.Column<string>(type: "TEXT", nullable: false),
                    severities = table.Column<string>(type: "TEXT", nullable: false),
                    enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    disabled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    disabled_reason = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    failed_in_row = table.Column<int>(type: "INTEGER", nullable: false),
                    last_success_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_failure_at = table.Column<long>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_webhooks", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_paging_webhook_deliveries_created_at",
                table: "paging_webhook_deliveries",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "IX_paging_webhook_deliveries_webhook_event",
                table: "paging_webhook_deliveries",
                columns: new[] { "webhook", "event" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_paging_webhook_deliveries_webhook_place",
                table: "paging_webhook_deliveries",
                columns: new[] { "webhook", "place" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_next",
                table: "paging_webhook_deliveries",
                column: "next_at",
                filter: "next_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_waiting",
                table: "paging_webhook_deliveries",
                columns: new[] { "webhook", "number", "place" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "IX_paging_webhooks_name",
                table: "paging_webhooks",
                column: "name",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "paging_webhook_deliveries");

            migrationBuilder.DropTable(
                name: "paging_webhook_position");

            migrationBuilder.DropTable(
                name: "paging_webhooks");
        }
    }
}
