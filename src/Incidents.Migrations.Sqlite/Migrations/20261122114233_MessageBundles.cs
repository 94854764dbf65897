using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Incidents.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MessageBundles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "bundle",
                table: "paging_attempts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "paging_bursts",
                columns: table => new
                {
                    channel = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_paging_bursts", x => new { x.channel, x.address });
                });

            migrationBuilder.CreateIndex(
                name: "IX_paging_attempts_bundle",
                table: "paging_attempts",
                column: "bundle",
                filter: "bundle is not null");

            migrationBuilder.CreateIndex(
                name: "ix_attempts_bundling",
                table: "paging_attempts",
                columns: new[] { "address", "channel" },
                filter: "state = 'Waiting' and urgency = 1 and kind = 'Page'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "paging_bursts");

            migrationBuilder.DropIndex(
                name: "IX_paging_attempts_bundle",
                table: "paging_attempts");

            migrationBuilder.DropIndex(
                name: "ix_attempts_bundling",
                table: "paging_attempts");

            migrationBuilder.DropColumn(
                name: "bundle",
                table: "paging_attempts");
        }
    }
}
