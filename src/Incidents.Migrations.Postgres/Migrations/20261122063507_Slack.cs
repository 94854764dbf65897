using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Slack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "slack_incidents",
                schema: "paging",
                columns: table => new
                {
                    incident = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<long>(type: "bigint", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    marks = table.Column<int>(type: "integer", nullable: false),
                    lease_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    posting_since = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    channel = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    ts = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    shown = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    standing = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: true),
                    room = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    room_step = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    invited = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_slack_incidents", x => x.incident);
                });

            migrationBuilder.CreateTable(
                name: "slack_pace",
                schema: "paging",
                columns: table => new
                {
                    channel = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    next_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_slack_pace", x => x.channel);
                });

            migrationBuilder.CreateTable(
                name: "slack_seen",
                schema: "paging",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_slack_seen", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "slack_tail",
                schema: "paging",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    xid = table.Column<long>(type: "bigint", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_slack_tail", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "slack_users",
                schema: "paging",
                columns: table => new
                {
                    user = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    login = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_slack_users", x => x.user);
                });

            migrationBuilder.CreateIndex(
                name: "IX_slack_incidents_channel_ts",
                schema: "paging",
                table: "slack_incidents",
                columns: new[] { "channel", "ts" });

            migrationBuilder.CreateIndex(
                name: "IX_slack_incidents_due_at",
                schema: "paging",
                table: "slack_incidents",
                column: "due_at",
                filter: "due_at is not null");

            migrationBuilder.CreateIndex(
                name: "IX_slack_incidents_room",
                schema: "paging",
                table: "slack_incidents",
                column: "room",
                filter: "room is not null");

            migrationBuilder.CreateIndex(
                name: "IX_slack_seen_at",
                schema: "paging",
                table: "slack_seen",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_slack_users_login",
                schema: "paging",
                table: "slack_users",
                column: "login");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "slack_incidents",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "slack_pace",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "slack_seen",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "slack_tail",
                schema: "paging");

            migrationBuilder.DropTable(
                name: "slack_users",
                schema: "paging");
        }
    }
}
