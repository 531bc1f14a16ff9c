/** Results of costly functions for seed 1, made by test/worlds.node.test.ts. */
export const results: Readonly<Record<string, string>> = {
  'crypt "seashell" Lu2iguiNpjWArZoi':
    '$6$Lu2iguiNpjWArZoi$C3EqtIYRd0eIMl95WtEWGJTUyIzcCT9JNyqrVJX19xoDLfeVYciOJiXM61guQ9sAwHusyhFa5spmA9GyS6WCt/',
  'crypt "seashell" Q1xtpGn6tTiuqyuF':
    '$6$Q1xtpGn6tTiuqyuF$z0O6DA197Vxy2bo9fbMI4vUuxBlcW2wtsXTX3f1td04KwNjXRyDA4kotu8mBCGyJ7u9NL2G9iRqXMk8QJewuL/',
  'crypt "seashell" htYJ/0zsPDduHhGw':
    '$6$htYJ/0zsPDduHhGw$oFmkUziFulFlmjXewKQYozbdQWXNOOZuzqdZKfDaYQ0jfrYLnkkAHKKM7ECByFcosDwLaQIEXL8JJvOAyawqZ/',
  'crypt "seashell" KK7cl/RqNi8m1h3n':
    '$6$KK7cl/RqNi8m1h3n$Nau0ztQeRpS5nvKC0ZPDFBSqyI2OaGy0fxXqXQmkQYX1mE.BnOcSpP30UPQIA8PfL5cxY2zRV8YbttVOlAx7J0',
  'crypt "seashell" o8Gbvc2rWgNoRz6T':
    '$6$o8Gbvc2rWgNoRz6T$Fv8qoK7teXFGQewmjU7hpm4k7d3lHnDnUTRydgz9qRrotJjyBa3lA.2SLXC6nmxo8uk.GA7SzWgaO874ipOjR.',
  'crypt "seashell" cbdTtVCmRi392jce':
    '$6$cbdTtVCmRi392jce$Rpml.9K7GvnLEPjAe./twgeFbNO/Zo4KxH8n2YjnbT9Vn6nm4T33XmXvNVK5vFUNHh5gv0sg0Ha.K1SReLBfD1',
  'crypt "seashell" NJ40LOPnkJAPr7HO':
    '$6$NJ40LOPnkJAPr7HO$ywmyWd6IKnpTCJQxjRa.nNgCFai0FdHCbgWELD8YfcXGvDdtHjXd.hC5otvZkrVHFvOkffyKMKL8zBaTsb8W71',
  'primes 3072 1 rsa key of host remote_host':
    'fce76bd221eb8b75df004d96884cced78032e7ece68eb8db57cff92370a747aec884a09939d7c9a58c72c19a3c5b792eddf12562389eb87876a78395fa2ef6885b1ca8e23792bccb550376294241fa7780020af0f0c297902d3f35127628c4098e3ca6caea20d98feea7ae0c82a25c47c388c7d756c7466afe5ab31f1f9372b911e91c6950b258b168d585767fa6d693850a9f0eb67e66b0dd663f1512d43ced29a8e105daf5a8a2f4e21fa943f9c4a5d5b71455c5db08f6a24d5ef24486e73b daa4bc0a49aeba09b64b75c933e05401d827e3d9fe24ed3ec4be282ba1fe8b7bbdb71fd85f3093797d4afe57e671245640180af70775cd8c487814140a62e705fc86ffe6caee69abcec70dfee971bf92878ecf1d8a69aa1a0b075cbe2ba643c103b5e2ebfa14b5ba88bcd07941eb8dfaeabcc47267eb378066879f79361c626885da2cebda06980f65373a9e56472a1ae4b53ad63eac4c004663f77fa9a15bc11bc338c872498c4d8e41e97c675179d1eb61ddc00bd53b6c2ad29f35411a4dfb',
  'crypt "seashell" T9P5DvGOouKM6cJF':
    '$6$T9P5DvGOouKM6cJF$hFDqZRhM3RO2DETmkwseTrMR3rFCw0MUbKbc7pDYNJMultKz3pJ8aVQ0cgOVsPD6wGna1BPakXHpn58MdV1kB.',
  'crypt "seashell" PFVAbPn/qDn0xNxy':
    '$6$PFVAbPn/qDn0xNxy$7Hblh5H2rTl0As82lyHhri9z3sinjSTtiYQ/MtebVnj8ZnkG9O6QgDoLXLUrTT5x.wCw9MJTPMto2zz9Gh/kg/',
  'crypt "seashell" /tY.7sWZEdrGuYpg':
    '$6$/tY.7sWZEdrGuYpg$FIf/39rvIXnn9luG3VHdumcs6R28zsxHtYXBlOH0eXyGO4W0Pk52RcEpKY9Nt//arl5/sOwIp3c35VGIJjBhW1',
  'crypt "seashell" WYA./qooj9h.kKel':
    '$6$WYA./qooj9h.kKel$ckkEjALHl4dpPTBG2Im7bTxch400f4eW7WAcHeMYBVPOhegTPhRQ6w5R9e.rDZfcpKYB1JcvwXDJCXxTtGM.f0',
  'crypt "seashell" 0ro/MhuQD/FCHdfP':
    '$6$0ro/MhuQD/FCHdfP$WaOxqzrfMQunnBr0Hlug.amlMUIFu0M4GXRCXVLFFRvau3mK82ilPEZZslT0JXXvzi.dNsKIrYrkJQeG.LSTX.',
  'primes 3072 1 rsa key of host example.com':
    'cbaf1e61a2cfd3a6ba77886dff0d03d913ad6277b80181884c7cbf5ee57ae0fe873e8d4928258f2b5460cd01b02eef3b133e98b4f47f1e36ed6c1f829e94e99513a32c4e778e855d8e147cba73078e4455ef45842945ff54ca288846e0f2dd2d3a9ea1c8ffe74c942608cf7b7a4c010d3ff9e7f2f3fd7f9db4c52c685a152751f45a2f12a994b6937a78c164603c1c64481d23d3c4fa86680496326a85184e02605f328c900bc8a008b8cd99915ad642fceb408615e5f3f3d904dbe70bd468cb c0f1f51e1c7f66e762030f487110e22bf36ffe37bfdb13128bb8fcc86d11de17bc66d3b55f58aa99caaa1b398ebda17a96f02daea2e95c6619933430db37970b991eaa2260f45367e3035064aa551574e4b37b5b18db0bddc1298a3ec18d56e87d0b331d46be8a921f9a10e79c0ec320502484c6d2b45762dfd09c9f89a354ec10fd26751d83e0017d3815739520d188038a80b98536230df289be5c39f4c84e7d70a4f8050ee030e72212152ff0b6cd4f816648cf4e3139a175d413284ee627',
  'crypt "seashell" i7b7DGxGCryJNORQ':
    '$6$i7b7DGxGCryJNORQ$yTUxATjfgkPNdMB.atZrVCHzmouA1YSPUezwPA6vBLD/DNIfTW4IzTTYoabAVC9cOv1zd6brCTTLZMSSoOo4p0',
  'crypt "seashell" n.u9/gkIsxCjqtq/':
    '$6$n.u9/gkIsxCjqtq/$wKaUYJfL56Iqzw8USkNFx5oYhRCJuJS8o3aetN/gWu4jogluGK4YAod.r6scoDlKzJawSmcAttIGhvogLqplB/',
  'crypt "seashell" kgwwEGgkyfkdFQV7':
    '$6$kgwwEGgkyfkdFQV7$5en0Rb/QI6TdTjJgmUFVBBm/O2Wi3v5jq1i/mipUXTr4ifxFZUsXbGiTmFJxRitZxsAsH9wCXiQ2RJxj0bkme.',
  'crypt "seashell" nI8QgMMaH.cn1KDh':
    '$6$nI8QgMMaH.cn1KDh$9uu2aV5WmQKMk6YPB1Dm5.s0NgDmCuxFaSnbxXk0FFuDORop.9EWwn.jecv/VKg1S08GWM9Aw93ObZcTIhpA90',
  'crypt "seashell" ldxodPG7Z5PvEZAI':
    '$6$ldxodPG7Z5PvEZAI$f2IU/GjEk0WjkY1Ilz56qkT0xW0RGiFrK6T4OxQ.oZVm6oPW6odtsJPlqy.09OFovcRAvh02GjOXUO5iViGYG/',
  'primes 3072 1 rsa key of host centos':
    'f1971f247f792763ff77e89c296a727e5a4751e7bb5630485fc26c5747d20684c4a9742892baac75d228ba4d218a2d02de9c03e27fa348b1fe84808b4f7c2655e47318ea412988d0ab92bab1dff238b1d128f73db2d732b4b5c4221748264b52f7b793e16120b5b712f2313a2a15faa0f533004cfd2e8a559112e10ffabed30e62d933a791e7c97e6641eb6b29dcbe5c10ff8599b0323e62bb2efd40d1a71cfb054250eb1cea353b6eae8362013a355320ea9be26eba8cb561fa7f56dce2bb6d cfc6e0159b5e5c7d59bf323c8f2a610adf37ef49fceecbded5ab082dac6bfc897a207b45a6c258d1a25a18257b7e5acc98bcbb68db829f8cab2ded690fc380b1d4e70850372cf9a699ad150d9bba6a0fcabdb9297d1541e7f3d23bb390625e1e74166be69e6832320285a975248a03884cf173c22a11fffd430d9919e16cf986086cf76a2e05763561d22d0d12d39597dd57a394a28459bc1e5123bdde460e45e31e3e2b8c8ca778987bf2115fd0b215c5629cd3c91b691af60400855ddca32f',
  'crypt "seashell" rtzmL47aJVyzDEzf':
    '$6$rtzmL47aJVyzDEzf$QjXF25H.ovzxh7Q8cbjVSmrU2sQMIEepPajAe5.MO7rEmc2r/eRE3HRy4Vudtwe5ATKN/tAG3juvVjrZDrV9i0',
  'crypt "seashell" JOqpYmMLQ0ZpM7pz':
    '$6$JOqpYmMLQ0ZpM7pz$L2j7cMwQoKGcbB5tOK1TVJco4Jv6idSenpWej2tKY9fUubaj01RRcS63DcUKULsLt1SY7HNYkio.flwXzX0oH0',
  'crypt "seashell" 95z2iDQyRedv19/H':
    '$6$95z2iDQyRedv19/H$sXPXuqdfXaF09ry8HdTXUMytwSKwQjhCNuQ99XUM.EyaR1RViC9jkdEnib7i2fAXprUPCA6ubNpIunPTVXYEj.',
  'crypt "seashell" LmtWqzpvVJlu9bPi':
    '$6$LmtWqzpvVJlu9bPi$qPwIwY07S6VqyyP8CQLMLq9G324pjL49e..bHpwt7xsAuALxzuNKj/TRDp3k5dTTwzhSdAqpsP4/i17Nx1AcM0',
  'crypt "seashell" Yb.sS.Vf4wbjZFj1':
    '$6$Yb.sS.Vf4wbjZFj1$Qv4YqY7aYpO9aZN.IqCHGv98iN1l/wSgz7RveA44moTPwN9YWY5F9b0ybUfEZkYAus5.oUXT5LB.V.fFgsORE0',
  'primes 2048 1 rsa key of host old':
    'da85d15c76c3784bb91a123aa3c8543a4c698603b0f12c6f582045c2a5d1e6128a0f61bf7be2c0de90d9bd8e926cd3227fdcab90cca3f66e2bbbe65fac4817a1a8b6c591d08f29398293cd4e672dd7ca8043f132eea25d435f8ab51b8ce0b33f24435a886927574d2aea5d675a7b566383ea341f6e19298b7ac0c3edf9f5ed97 c675469fee09eb4b7d9b744694ff1be43d21762a802fbd7490d425533491ce4cdff85006a05e7c57180298e0fef4928629959a422dff2578e7e87ba0de4b3c751ee7fd4862b66c8baabffb50c9ec03be505696c9e88afb7d0b004c6ec36be8f48c4f9057cf39a3642e23b9a9e5e5e686b97290e685c16f3ff9b772f5a1b7e2e1',
};
